import Pipeline
import Stores

/// A file that an option names for what is written besides the results; `-` is standard output.
struct OutputFile {
  /// Where it is, as it was typed.
  let path: String

  /// Names that promise a packed file, which none is.
  private static let packed = [".gz", ".bz2", ".xz", ".zst", ".zip"]

  /// - Parameter isAlone: whether nothing else is written to standard output.
  /// - Throws: ``ConfigurationError``, ``UsageFault`` for a name that cannot be one.
  init(_ path: String, option: String = DirectoryOption.typed, isAlone: Bool) throws {
    guard !path.isEmpty else {
      throw ConfigurationError.outOfRange(option: option, found: "\"\"", needed: "the name of a file")
    }
    if let ending = Self.packed.first(where: path.lowercased().hasSuffix) {
      throw UsageFault(
        "--\(option): \(path) is the name of a packed file, expected one of plain text; leave out \(ending), "
          + "or write to - and pack that")
    }
    guard path != "-" || isAlone else {
      throw ConfigurationError.notTogether(
        option: "\(option) -", with: "--json, which is standard output too", remedy: "name a file")
    }
    self.path = path
  }

  /// Whether it is standard output.
  var isStandardOutput: Bool { path == "-" }

  /// Writes what `body` appends.
  ///
  /// - Throws: `StoreError`, `Interrupted`, what `body` throws.
  func write(_ body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void) throws {
    guard isStandardOutput else {
      try AtomicFile.replace(path: path, interruption: Console.interruption, writing: body)
      return
    }
    try body { bytes in
      try Console.interruption.check()
      try StandardOutput.write(bytes)
    }
  }
}
