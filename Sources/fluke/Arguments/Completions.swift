import ArgumentParser
import FoundationEssentials
import Pipeline

/// Values that shells complete.
enum Completions {
  /// The names of an enumeration.
  static func names<Value: RawRepresentable & CaseIterable>(of _: Value.Type) -> CompletionKind
  where Value.RawValue == String {
    .list(Value.allCases.map(\.rawValue))
  }

  /// Bars that the program has or makes, and files.
  static let markets = CompletionKind.custom { _, _, prefix in candidates(prefix) }

  /// What bars may be called that begins with `prefix`.
  static func candidates(_ prefix: String) -> [String] {
    (builtIn + synthetic).filter { $0.hasPrefix(prefix) } + files(beginning: prefix)
  }

  private static let builtIn = BuiltInMarket.allCases.map { "builtin:\($0.rawValue)" }
  private static let synthetic = ["random-walk", "garch", "regimes", "bootstrap"].map { "synthetic:\($0)" }

  /// Tables of numbers.
  static let tables = CompletionKind.file(extensions: ["csv", "tsv", "txt", "gz", "npy"])
  /// Signals of one's own.
  static let signals = CompletionKind.file(extensions: ["json", "csv", "npy"])

  /// The files and folders whose paths begin with `prefix`.
  private static func files(beginning prefix: String) -> [String] {
    let slash = prefix.lastIndex(of: "/")
    let folder = slash.map { String(prefix[...$0]) } ?? ""
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    return names.sorted().map { folder + $0 }.filter { path in
      path.hasPrefix(prefix) && (!path.dropFirst(folder.count).hasPrefix(".") || prefix.hasSuffix("."))
    }.map { path in
      var isFolder = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
        ? path + "/" : path
    }
  }
}
