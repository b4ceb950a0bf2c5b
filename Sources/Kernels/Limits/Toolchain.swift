import CTileKernel

/// What the program was compiled with.
public enum Toolchain {
  /// Swift's version, and that of the compiler of the C kernels.
  public static var name: String {
    // Without the commit that it was built from.
    let compiler = unsafe String(cString: fluke_compiler()).split(separator: "(").first ?? ""
    return "Swift \(swift), \(compiler.split(separator: " ").joined(separator: " "))"
  }

  // Swift does not tell its version in any other way.
  #if compiler(>=6.5)
    private static let swift = "6.5 or later"
  #elseif compiler(>=6.4)
    private static let swift = "6.4"
  #elseif compiler(>=6.3)
    private static let swift = "6.3"
  #else
    private static let swift = "6.2"
  #endif
}
