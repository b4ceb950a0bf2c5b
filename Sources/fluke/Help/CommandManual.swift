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
    let isOptional: Bool

    var isPositional: Bool { kind == "positional" }
    /// The first long name, without hyphens; that of an argument.
    var name: String { names?.first { $0.kind == "long" }?.name ?? valueName ?? "" }
    /// Whether it is a parameter of families.
    var isParameter: Bool { kind == "option" && ParameterArguments.names.contains(name) }
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

  /// What is typed besides commands, and what it does.
  static let general = [
    ("fluke <command> --help", "Show the options of a command; --help-all shows every one."),
    ("fluke manual | man -l -", "Show the manual page."),
    (
      "fluke --generate-completion-script bash",
      "Print a script that completes options and their values, for bash, zsh or fish."
    ),
    ("fluke --version", "Show the version."),
  ]

  /// How the command is typed.
  var synopsis: String {
    guard commandName != "fluke" else { return "fluke <command> [OPTIONS]" }
    let arguments = ownArguments.filter(\.isPositional).map { argument in
      argument.isOptional ? " [<\(argument.name)>]" : " <\(argument.name)>"
    }
    return "fluke \(commandName)" + arguments.joined() + (sections.isEmpty ? "" : " [OPTIONS]")
  }

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
      // Of titles within one another the parser knows the outer one.
      let own = argument.isParameter ? ParameterArguments.title : argument.sectionTitle
      guard let title = own, !title.isEmpty else {
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
