import FoundationEssentials

/// A folder for one test, removed at its end.
public struct TemporaryFolder: ~Copyable {
  public let path: String

  public init() throws {
    path = "\(FileManager.default.temporaryDirectory.path)/fluke-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Everything below the folder, in order.
  public var contents: [String] {
    (try? FileManager.default.subpathsOfDirectory(atPath: path))?.sorted() ?? []
  }

  /// Writes a file into the folder and returns its path.
  @discardableResult
  public func write(_ text: String, as name: String) throws -> String {
    try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }

  /// The bytes of every file below `folder`, by its path from there, hidden ones included.
  public func files(below folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    let root = "\(path)/\(folder)"
    for name in try FileManager.default.subpathsOfDirectory(atPath: root) {
      var isDirectory = false
      if FileManager.default.fileExists(atPath: "\(root)/\(name)", isDirectory: &isDirectory), !isDirectory {
        files[name] = [UInt8](try Data(contentsOf: URL(filePath: "\(root)/\(name)")))
      }
    }
    return files
  }
}
