import Backtesting
import Pipeline

/// What a command line has wrong, in one line of three parts: the argument parser's own messages are prose of one part.
struct UsageText {
  /// The command as typed, such as `fluke sweep`.
  private let command: String
  /// Its options, with their hyphens.
  private let options: [String]
  /// What was typed for a command and is none, and the commands there are.
  private let unknownCommand: (found: String, known: [String])?
  /// What was typed.
  private let arguments: [String]

  /// - Parameters:
  ///   - program: the manual of the program.
  ///   - arguments: what was typed; the first of them that is no option names the command.
  init(_ program: CommandManual, arguments: [String]) {
    let name = arguments.first { !$0.hasPrefix("-") } ?? ""
    let manual = program.command(name)
    command = manual == nil ? "fluke" : "fluke \(name)"
    options = (manual ?? program).arguments?.flatMap { ($0.names ?? []).map(\.text) } ?? []
    unknownCommand =
      manual == nil && !name.isEmpty ? (name, program.commands.map(\.commandName)) : nil
    self.arguments = arguments
  }

  /// The line for a message of the argument parser.
  func line(for message: String) -> String {
    if let (found, known) = unknownCommand {
      let nearest = ConfigurationError.nearest(to: found, in: known) ?? ""
      return
        "\(found): found no such command, the nearest is \(nearest); correct it or see `\(command) --help`"
    }
    let quoted = message.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
    let first = quoted.count > 1 ? quoted[1] : ""
    let seeHelp = "see `\(command) --help`"
    switch true {
    case message.hasPrefix("Unknown option"):
      return unknownOption(first)
    case message.hasPrefix("Missing value for"):
      let (option, value) = Self.parts(ofSynopsis: first)
      return "\(option): found no value, expected \(value); write \(option) \(value) or \(seeHelp)"
    case message.hasPrefix("Missing expected argument"):
      return "\(first): found none, expected one; write `\(command) \(first)` or \(seeHelp)"
    case message.hasPrefix("The value") && quoted.count > 3:
      let (option, value) = Self.parts(ofSynopsis: quoted[3])
      let needed = value == "<n>" ? "a whole number in its range" : "a number"
      return "\(option): found \"\(first)\", expected \(needed); change the value or \(seeHelp)"
    case message.hasPrefix("The option") && quoted.count > 3:
      return "\(first): found the value \"\(quoted[3])\", expected none; remove it or \(seeHelp)"
    case message.contains("nexpected argument"):
      return unexpectedArgument(first)
    default:
      let line = message.split(separator: "\n").joined(separator: " ")
      return "\(line), expected options as in the help; \(seeHelp)"
    }
  }

  /// What other programs call an option, and what is often asked for and not there, say what to write.
  private func unknownOption(_ typed: String) -> String {
    let name = String(typed.drop { $0 == "-" })
    let seeHelp = "see `\(command) --help-all`"
    if let absent = Synonyms.absent[name] {
      return "\(typed): found no such option of `\(command)`, as \(absent); remove it or \(seeHelp)"
    }
    let meant = Synonyms.options[name, default: []].first { options.contains($0) }
    let nearest = meant ?? ConfigurationError.nearest(to: typed, in: options.filter { $0.hasPrefix("--") })
    return "\(typed): found no such option of `\(command)`"
      + (nearest.map { ", the nearest is \($0)" } ?? "") + "; correct it or see `\(command) --help`"
  }

  /// What has no option before it: a file, a family, or one of several files that the shell has made of a pattern.
  private func unexpectedArgument(_ argument: String) -> String {
    let seeHelp = "see `\(command) --help`"
    // The parser names several of them at once.
    let found = argument.split(separator: " ").first.map(String.init) ?? argument
    // Of returns it is an argument that comes first.
    if options.contains("--data"), command != "fluke stats",
      found.contains(".") || found.contains("/") || found.contains(":")
    {
      let hasData = arguments.contains { $0 == "--data" || $0.hasPrefix("--data=") }
      if hasData || command == "fluke data" { return Self.secondMarket(found, command: command) }
      let line = arguments.map { ($0 == found ? "--data " : "") + Self.shellWord($0) }
      return "\(found): found without an option, expected --data before it; "
        + "write `fluke \(line.joined(separator: " "))`"
    }
    if options.contains("--family"), Family(rawValue: found) != nil {
      return
        "\(found): found without an option, expected one before it; write --family \(found) or \(seeHelp)"
    }
    return "\(found): found where no argument belongs, expected an option; remove it or \(seeHelp)"
  }

  /// `argument` as a word for a shell.
  private static func shellWord(_ argument: String) -> String {
    let isPlain = argument.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-._/:,=+%@".unicodeScalars.contains($0)
    }
    return isPlain && !argument.isEmpty ? argument : "'\(argument)'"
  }

  /// What a market beside another is told.
  static func secondMarket(_ found: String, command: String) -> String {
    "\(found): found a second market, expected one market a run; run `\(command)` once for each"
  }

  /// `--count <n>` as its two halves.
  private static func parts(ofSynopsis synopsis: String) -> (option: String, value: String) {
    let halves = synopsis.split(separator: " ", maxSplits: 1).map(String.init)
    return (halves.first ?? synopsis, halves.count > 1 ? halves[1] : "a value")
  }

  /// `arguments` with a number below zero joined to the option before it, as in `--exit=-1:0.5`: on its own the parser
  /// takes it for an option.
  static func joiningNegativeNumbers(_ arguments: [String]) -> [String] {
    var joined: [String] = []
    for argument in arguments {
      let second = argument.dropFirst().first
      let isNumber = argument.hasPrefix("-") && (second?.isNumber == true || second == ".")
      if isNumber, let option = joined.last, option.hasPrefix("--"), !option.contains("=") {
        joined[joined.count - 1] = "\(option)=\(argument)"
      } else {
        joined.append(argument)
      }
    }
    return joined
  }
}
