import Glibc

/// Functions of C that libraries of this process export and no header that Swift can import declares.
enum UndeclaredFunction {
  /// The function `name`; `nil` where no library exports it.
  ///
  /// - Parameter type: what it is, a function pointer of C.
  @unsafe static func named<Function>(_ name: String, as type: Function.Type) -> Function? {
    guard let address = unsafe dlsym(nil, name) else { return nil }
    return unsafe unsafeBitCast(address, to: type)
  }
}
