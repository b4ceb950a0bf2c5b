import Pipeline

/// The manual page of the program in the macros of man(7): every command with every option.
struct ManualPage {
  private let program: CommandManual

  init(_ program: CommandManual) {
    self.program = program
  }

  /// The source of the page, a line an element.
  var lines: [String] {
    var lines = [
      ".TH FLUKE 1 \"\" \"Fluke \(Workplace.version)\" \"User Commands\"",
      // Names of options are to be copied: no word is broken and no line stretched.
      ".nh", ".ad l", ".SH NAME",
      "fluke \\- backtest very many trading strategies at once and say how much of the winner is luck",
      ".SH SYNOPSIS", ".B " + Self.escaped(program.synopsis), ".SH DESCRIPTION",
    ]
    lines += Self.text(
      "Fluke backtests every combination of a rule's parameters, or strategies of your own, chooses the best, and says "
        + "how good a lucky winner of equally many would look. Nothing is done without a command.")
    lines += Self.paragraphs(program.discussion ?? "")
    for (typed, meaning) in CommandManual.general {
      lines += [".TP", "\\fB\(Self.escaped(typed))\\fR"] + Self.text(meaning)
    }
    for (title, names) in Fluke.groups {
      lines.append(".SH \"\(title.uppercased())\"")
      for command in names.compactMap({ program.command($0) }) { lines += section(command) }
    }
    return lines + Self.ending
  }

  private func section(_ command: CommandManual) -> [String] {
    var lines = [".SS \"fluke \(command.commandName)\""] + Self.text(command.abstract ?? "")
    lines += [".PP", "Usage: \(Self.escaped(command.synopsis))"]
    lines += Self.paragraphs(command.discussion ?? "")
    for argument in command.ownArguments.filter(\.isPositional) {
      lines += [".TP", "<\\fI\(Self.escaped(argument.name))\\fR>"] + Self.text(argument.meaning)
    }
    for (title, options) in command.sections {
      lines += [".PP", ".I \"\(Self.escaped(title))\""]
      for option in options {
        let names = [option.short, "--" + option.name].compactMap(\.self).map {
          "\\fB\(Self.escaped($0))\\fR"
        }
        let value = option.value.isEmpty ? "" : " \\fI\(Self.escaped(option.value.dropFirst()))\\fR"
        lines += [".TP", names.joined(separator: ", ") + value] + Self.text(option.meaning)
      }
    }
    return lines
  }

  private static var ending: [String] {
    var lines = [".SH \"EXIT STATUS\""]
    for (status, meaning) in ExitStatus.meanings {
      lines += [".TP", ".B \(status)"] + text(meaning)
    }
    lines.append(".SH ENVIRONMENT")
    for (name, meaning) in variables {
      lines += [".TP", ".B \(name)"] + text(meaning)
    }
    lines += [".SH FILES", ".TP", ".I output"]
    lines += text(
      "The directory of the results unless another is given: tables and documents in results, pictures in plots, the "
        + "bars in raw, and run.json, which tells what was run and has the digests of all files.")
    for (title, paragraphs) in OperationNotes.sections {
      lines.append(".SH \"\(title)\"")
      lines += paragraphs.flatMap { [".PP"] + text($0) }
    }
    return lines
  }

  private static let variables = [
    ("NO_COLOR", "Anything but nothing: no bold and no colours."),
    ("COLUMNS", "Columns of the terminal, in place of what it says itself."),
    (
      "AWS_ENDPOINT_URL",
      "The server of s3:// addresses; region and credentials too are found as AWS tools find them."
    ),
    ("USE_S3, S3_BUCKET", "With USE_S3=true the results of a sweep are copied to this bucket at the end."),
    ("OPENBLAS_CORETYPE", "The kernels that OpenBLAS uses, in place of those of the processor."),
  ]

  /// Prose and examples of a discussion.
  private static func paragraphs(_ discussion: String) -> [String] {
    var lines: [String] = []
    var isExample = false
    for line in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
      let isIndented = line.hasPrefix(" ")
      if isIndented != isExample {
        // By two columns and no more, so that no line of an example is broken on a terminal of 80.
        lines.append(isIndented ? ".RS 2\n.nf" : ".fi\n.RE")
        isExample = isIndented
      }
      if isIndented {
        lines.append(escaped(line.dropFirst(2)))
      } else {
        lines += line.isEmpty ? [] : [".PP"] + text(String(line))
      }
    }
    return lines + (isExample ? [".fi\n.RE"] : [])
  }

  /// A paragraph.
  private static func text(_ text: String) -> [String] { [escaped(text)] }

  /// `text` without anything that roff would take for its own.
  private static func escaped(_ text: some StringProtocol) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\": escaped += "\\e"
      case "-": escaped += "\\-"
      case "→": escaped += "\\(->"
      case "…": escaped += "..."
      case "×": escaped += "\\(mu"
      case "`": escaped += "\\(ga"
      case "'": escaped += "\\(aq"
      case "^": escaped += "\\(ha"
      case "~": escaped += "\\(ti"
      default: escaped.append(character)
      }
    }
    return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
  }
}
