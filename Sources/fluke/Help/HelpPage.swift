import Pipeline

/// The help of the program or of a command, set for the width of a terminal.
struct HelpPage {
  let manual: CommandManual
  /// Whether it is that of the program itself.
  let isProgram: Bool
  /// Whether every option is listed, or those that most people need.
  let isWhole: Bool

  /// Lines longer than this are hard to read.
  static let mostColumns = 100
  /// Where meanings begin.
  private static let indentation = 26

  /// The page that a command line asks for; `nil` if it asks for none.
  ///
  /// - Throws: ``UsageFault`` for that of a command that there is not.
  init?(_ arguments: [String], of program: () throws -> CommandManual) throws {
    let options = arguments.prefix { $0 != "--" }
    let asks = options.contains { ["-h", "--help", "--help-all"].contains($0) }
    let words = options.filter { !$0.hasPrefix("-") }
    let isHelpCommand = words.first == "help"
    guard asks || isHelpCommand || arguments.isEmpty else { return nil }
    let manual = try program()
    isWhole = options.contains("--help-all")
    guard let name = isHelpCommand ? words.dropFirst().first : words.first else {
      (self.manual, isProgram) = (manual, true)
      return
    }
    guard let command = manual.command(name) else {
      throw UsageFault(UsageText(manual, arguments: [name]).line(for: ""))
    }
    (self.manual, isProgram) = (command, false)
  }

  /// - Parameter isWhole: whether to list every option.
  init(_ manual: CommandManual, isProgram: Bool = false, isWhole: Bool) {
    self.manual = manual
    self.isProgram = isProgram
    self.isWhole = isWhole
  }

  /// The page, a line an element.
  func lines(columns: Int) -> [String] {
    let layout = TextLayout(width: min(columns, Self.mostColumns))
    var lines = layout.lines(manual.abstract ?? "", hanging: 0)
    lines += [""] + layout.lines("Usage: \(manual.synopsis)", hanging: 2)
    lines += Self.paragraphs(manual.discussion ?? "", layout)
    lines += isProgram ? commands(layout) : options(layout)
    return ending.map { lines + [""] + layout.lines($0, hanging: 0) } ?? lines
  }

  /// Prose is broken anew, and lines that are indented, which are to be typed, stay as they are.
  static func paragraphs(_ text: String, _ layout: TextLayout) -> [String] {
    var lines: [String] = [""]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines += line.hasPrefix(" ") ? [String(line)] : layout.lines(String(line), hanging: 0)
    }
    return text.isEmpty ? [] : lines
  }

  private func commands(_ layout: TextLayout) -> [String] {
    var lines: [String] = []
    for (title, names) in Fluke.groups {
      lines += [""] + layout.lines(title + ":", hanging: 0)
      for command in names.compactMap({ manual.command($0) }) {
        lines += Self.entry(command.commandName, command.abstract ?? "", layout, at: 13)
      }
    }
    lines += ["", "Help:"]
    for (typed, meaning) in CommandManual.general { lines += Self.entry(typed, meaning, layout) }
    return lines
  }

  private func options(_ layout: TextLayout) -> [String] {
    var lines: [String] = []
    let arguments = manual.ownArguments.filter(\.isPositional)
    if !arguments.isEmpty {
      lines += ["", "Arguments:"]
      lines += arguments.flatMap { Self.entry("<\($0.name)>", $0.meaning, layout) }
    }
    for (title, options) in manual.sections {
      let shown = options.filter { isShown($0.name) }
      let isOfFamilies = !isWhole && essentials != nil && title == ParameterArguments.title
      guard !shown.isEmpty || isOfFamilies else { continue }
      lines += [""] + layout.lines(title + ":", hanging: 0)
      for option in shown {
        let short = option.short.map { "\($0), " } ?? ""
        lines += Self.entry("\(short)--\(option.name)\(option.value)", option.meaning, layout)
      }
      if isOfFamilies { lines += layout.lines("  " + Essentials.parameters, hanging: 2) }
    }
    return lines
  }

  private var essentials: Set<String>? { isProgram ? nil : Essentials.byCommand[manual.commandName] }

  private func isShown(_ name: String) -> Bool { isWhole || essentials?.contains(name) ?? true }

  private var ending: String? {
    guard essentials != nil, !isWhole else { return nil }
    let count = manual.ownArguments.count { !$0.isPositional }
    return "`fluke \(manual.commandName) --help-all` shows all \(count) options."
  }

  /// A name and what it means; long names have a line of their own.
  private static func entry(
    _ name: String, _ meaning: String, _ layout: TextLayout, at indentation: Int = indentation
  ) -> [String] {
    // On a narrow terminal meanings need most of the line.
    let indentation = min(indentation, layout.width / 3)
    let left = "  " + name
    guard left.count + 2 > indentation else {
      let spaces = String(repeating: " ", count: indentation - left.count)
      return layout.lines(left + spaces + meaning, hanging: indentation)
    }
    return [left] + layout.lines(String(repeating: " ", count: indentation) + meaning, hanging: indentation)
  }
}
