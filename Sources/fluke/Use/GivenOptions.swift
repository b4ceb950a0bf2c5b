/// The options of a command line, by their long names without hyphens.
struct GivenOptions: Equatable, Sendable {
  /// The command, such as `sweep`.
  let command: String
  /// In the order typed.
  let names: [String]

  /// - Parameter arguments: without the program's name.
  init(_ arguments: [String]) {
    command = arguments.first { !$0.hasPrefix("-") } ?? ""
    names = arguments.prefix { $0 != "--" }.compactMap { argument in
      // No value begins so: the parser takes it for an option.
      if argument == "-q" { return "quiet" }
      guard argument.hasPrefix("--") else { return nil }
      return String(argument.dropFirst(2).prefix { $0 != "=" })
    }
  }

  /// The first of `names` that was typed.
  func typed(among names: [String]) -> String? { self.names.first { names.contains($0) } }

  /// Whether the option, or a synonym of it, was given.
  func contains(_ option: String) -> Bool { names.contains { meaning(of: $0) == meaning(of: option) } }

  /// The one name for options that are synonyms.
  private func meaning(of name: String) -> String {
    guard DirectoryOption.names.contains(name) else { return name }
    switch command {
    // The store is where it reads.
    case "merge": return name == "store" ? name : "output"
    case "upload": return name
    default: return "output"
    }
  }

  /// Options that may be repeated, by command.
  private static let repeatable = ["merge": ["store"]]

  /// Refuses an option that is given twice: the parser would take the last in silence.
  ///
  /// - Throws: ``UsageFault``.
  func checkRepeats() throws(UsageFault) {
    var seen: [String: String] = [:]
    for name in names where !Self.repeatable[command, default: []].contains(name) {
      guard let earlier = seen.updateValue(name, forKey: meaning(of: name)) else { continue }
      let what = earlier == name ? "given twice" : "given beside --\(earlier), which means the same"
      let remedy =
        name == "data" ? "a run has one market, so run `fluke \(command)` once for each" : "leave one of them"
      throw UsageFault("--\(name): \(what), expected once; \(remedy)")
    }
  }
}
