import FoundationEssentials

/// The name of bars: a run has one market.
enum MarketName {
  private static let made = ["builtin:", "synthetic:"]

  /// `name` if it can be that of one market.
  ///
  /// - Throws: ``UsageFault`` for a list, a pattern or a directory.
  static func one(_ name: String, option: String) throws(UsageFault) -> String {
    guard !made.contains(where: { name.hasPrefix($0) }) else { return name }
    var isDirectory = false
    if FileManager.default.fileExists(atPath: name, isDirectory: &isDirectory) {
      if isDirectory { throw directory(name, option) }
      return name
    }
    let parts = name.split(separator: ",").map(String.init)
    if parts.count > 1 {
      throw UsageFault(
        "--\(option): found \(parts.count) markets, expected one market a run; run --\(option) \(parts[0]) first, then "
          + "--\(option) \(parts[1])" + (parts.count > 2 ? " and so on" : "")
          + ", each with an --output of its own")
    }
    if name.contains(where: { "*?[".contains($0) }) {
      throw UsageFault(
        "--\(option): \(name) is a pattern, expected one market a run; run once for each file, in a loop of the "
          + "shell and each with an --output of its own")
    }
    return name
  }

  private static func directory(_ name: String, _ option: String) -> UsageFault {
    let files = ((try? FileManager.default.contentsOfDirectory(atPath: name)) ?? []).sorted()
    let tables = files.filter { file in [".csv", ".txt", ".gz"].contains { file.lowercased().hasSuffix($0) } }
    let place = name.hasSuffix("/") ? name : name + "/"
    let remedy =
      tables.first.map { "name a file in it, such as --\(option) \(place)\($0)" } ?? "name a file in it"
    return UsageFault("--\(option): \(name) is a directory, expected one market a run; \(remedy)")
  }
}
