import ArgumentParser
import FoundationEssentials

/// What there is to say of a command, as the argument parser knows it.
struct CommandManual: Decodable, Sendable {
  /// An option, a flag or an argument.
  struct Argument: Decodable, Sendable {
    struct Name: Decodable, Sendable {
      let kind: String
      let name: String

      var text: String { kind == "long" ? "--\(name)" : "-\(name)" }
    }

    let kind: String
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let sectionTitle: String?

    var isPositional: Bool { kind == "positional" }
    /// The first long name, without hyphens; that of an argument.
    var name: String { names?.first { $0.kind == "long" }?.name ?? valueName ?? "" }
    /// As a synopsis has it: `--count <n>`.
    var value: String { kind == "option" ? " <\(valueName ?? "value")>" : "" }
    /// Further long names.
    var synonyms: [String] { (names ?? []).filter { $0.kind == "long" && $0.name != name }.map(\.text) }
    /// The short name, if there is one.
    var short: String? { names?.first { $0.kind == "short" }?.text }

    /// All that is said of it.
    var meaning: String {
      let others = synonyms
      return (abstract ?? "") + (others.isEmpty ? "" : " Also: \(others.joined(separator: ", ")).")
    }
  }

  let commandName: String
  let abstract: String?
  let discussion: String?
  let arguments: [Argument]?
  let subcommands: [CommandManual]?

  /// The options and arguments, without those that every command has.
  var ownArguments: [Argument] {
    (arguments ?? []).filter { !Self.common.contains($0.name) }
  }

  static let common: Set<String> = ["version", "help"]

  /// The manual of the program; its subcommands have theirs.
  static func program() throws -> CommandManual {
    struct Dump: Decodable {
      let command: CommandManual
    }
    return try JSONDecoder().decode(Dump.self, from: Data(Fluke._dumpHelp().utf8)).command
  }

  /// The commands, in the order of the program's configuration.
  var commands: [CommandManual] { (subcommands ?? []).filter { $0.commandName != "help" } }

  /// That of a subcommand; `nil` if there is none of that name.
  func command(_ name: String) -> CommandManual? { commands.first { $0.commandName == name } }

  /// Options by title, in the order in which the titles first come; those without one are the first.
  var sections: [(title: String, arguments: [Argument])] {
    var sections: [(title: String, arguments: [Argument])] = []
    var rest: [Argument] = []
    for argument in ownArguments where !argument.isPositional {
      guard let title = argument.sectionTitle, !title.isEmpty else {
        rest.append(argument)
        continue
      }
      if let index = sections.firstIndex(where: { $0.title == title }) {
        sections[index].arguments.append(argument)
      } else {
        sections.append((title, [argument]))
      }
    }
    return rest.isEmpty ? sections : [("Options", rest)] + sections
  }
}
