import FoundationEssentials

/// A folder for one test, removed at its end.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() throws {
    path = "\(FileManager.default.temporaryDirectory.path)/fluke-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Everything below the folder, in order.
  var contents: [String] {
    (try? FileManager.default.subpathsOfDirectory(atPath: path))?.sorted() ?? []
  }
}
