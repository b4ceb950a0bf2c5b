import Pipeline

/// What a command line has wrong, in one line of three parts: the argument parser's own messages are prose of one part.
struct UsageText {
  /// The command as typed, such as `fluke sweep`.
  let command: String
  /// The command's help, which names its options.
  let help: String
  /// What was typed for a command and is none, and the commands there are.
  let unknownCommand: (found: String, known: [String])?

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
      let nearest = ConfigurationError.nearest(to: first, in: options).map { ", the nearest is \($0)" } ?? ""
      return "\(first): found no such option of `\(command)`\(nearest); correct it or \(seeHelp)"
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
      return "\(first): found where no argument belongs, expected an option; remove it or \(seeHelp)"
    default:
      let line = message.split(separator: "\n").joined(separator: " ")
      return "\(line), expected options as in the help; \(seeHelp)"
    }
  }

  /// The long names of the command's options: what begins with two hyphens in the lines that begin with one.
  private var options: [String] {
    help.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("-") }.flatMap { line in
      line.split { !($0.isLetter || $0.isNumber || $0 == "-") }.filter { $0.hasPrefix("--") }.map(String.init)
    }
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
