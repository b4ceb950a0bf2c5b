import Pipeline
import TestSupport
import Testing

@testable import fluke

/// Help pages for terminals of any width, short ones and whole ones.
@Suite struct HelpPageTests {
  private static func names(_ command: CommandManual) -> Set<String> {
    Set(command.ownArguments.filter { !$0.isPositional }.map(\.name))
  }

  /// The options that a page lists: those that begin a line.
  private static func listed(_ lines: [String]) -> Set<String> {
    Set(
      lines.filter { $0.hasPrefix("  -") }.flatMap { line in
        line.split(separator: " ").prefix { $0.hasPrefix("-") }.filter { $0.hasPrefix("--") }
          .map { String($0.drop { $0 == "-" }.prefix { $0 != "," }) }
      })
  }

  @Test(arguments: [40, 64, 80, 132]) func noLineIsTooWide(columns: Int) throws {
    let program = try CommandManual.program()
    for isWhole in [false, true] {
      for command in [program] + program.commands {
        let page = HelpPage(command, isProgram: command.commandName == "fluke", isWhole: isWhole)
        let lines = page.lines(columns: columns)
        // What is to be typed is never broken; it fits a terminal of the usual width.
        let broken = lines.filter { !$0.hasPrefix("  fluke ") && !$0.hasPrefix("    --") }
        #expect(broken.filter { $0.count > columns } == [], "\(command.commandName)")
        #expect(lines.allSatisfy { $0.count <= 80 || columns > 80 }, "\(command.commandName)")
        #expect(!lines.contains { $0.hasSuffix(" ") })
      }
    }
  }

  /// Prose is one line until it is shown: a line's end within it would stay where it is.
  @Test func paragraphsHaveNoLineEnds() throws {
    let program = try CommandManual.program()
    for command in [program] + program.commands {
      let lines = (command.discussion ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      for (line, next) in zip(lines, lines.dropFirst()) where !line.isEmpty && !next.isEmpty {
        #expect(next.hasPrefix("  "), "\(command.commandName): \(line)")
      }
    }
  }

  @Test(arguments: ["sweep", "trials"]) func aShortPageHasWhatMostPeopleNeed(name: String) throws {
    let command = try #require(try CommandManual.program().command(name))
    let all = Self.names(command)
    let essentials = try #require(Essentials.byCommand[name])
    let short = HelpPage(command, isWhole: false).lines(columns: 80)
    let shown = Self.listed(short).subtracting(ParameterArguments.names)
    #expect(shown == essentials.intersection(all))
    #expect((17...24).contains(shown.count))
    #expect(short.contains { $0.hasPrefix("  --fast, --slow, --period, …: `fluke families` lists them") })
    #expect(short.last == "`fluke \(name) --help-all` shows all \(all.count) options.")
    #expect(Self.listed(HelpPage(command, isWhole: true).lines(columns: 80)) == all)
  }

  /// Nothing that a page names, in an example or beside another option, is left to be looked for elsewhere.
  @Test func whatAPageNamesIsOnIt() throws {
    for command in try CommandManual.program().commands {
      let lines = HelpPage(command, isWhole: false).lines(columns: 80)
      let known = Self.listed(lines).union(ParameterArguments.names).union(["help-all"])
        .union(command.ownArguments.flatMap { $0.synonyms.map { String($0.dropFirst(2)) } })
      // Examples may be of another command first.
      let own = lines.filter { !$0.hasPrefix("  fluke ") || $0.hasPrefix("  fluke \(command.commandName) ") }
      let named = own.joined(separator: "\n").matches(of: /--([a-z][a-z-]*)/).map { String($0.output.1) }
      #expect(Set(named).subtracting(known) == [], "\(command.commandName)")
    }
  }

  /// A default that another command has is nobody's business.
  @Test func defaultsAreThoseOfTheCommand() throws {
    func meaning(_ command: String, _ option: String) throws -> String {
      let manual = try #require(try CommandManual.program().command(command))
      return try #require(manual.ownArguments.first { $0.name == option && !$0.isPositional }).meaning
    }
    for (command, bars, directory) in [
      ("sweep", "builtin:btc-1d", "output"), ("trials", "builtin:btc-1d", "output/trials"),
      ("stats", "none", "output/stats"),
    ] {
      #expect(try meaning(command, "data").hasSuffix(" (default: \(bars))."))
      #expect(try meaning(command, "output").contains(" (default: \(directory))."))
    }
    #expect(try meaning("trials", "seed").contains("those of all trials"))
  }

  @Test(arguments: [
    ("data", "fluke data [<source>] [OPTIONS]"), ("stats", "fluke stats <file> [OPTIONS]"),
    ("families", "fluke families"),
  ]) func whatMayBeLeftOutIsInBrackets(name: String, synopsis: String) throws {
    let program = try CommandManual.program()
    let command = try #require(program.command(name))
    #expect(HelpPage(command, isWhole: false).lines(columns: 80).contains("Usage: \(synopsis)"))
    #expect(ManualPage(program).lines.contains("Usage: \(synopsis)"))
  }

  /// A line that is to be typed is whole, on the page and in the manual.
  @Test func thePageOfTheProgramSaysWhatElseThereIs() throws {
    let program = try CommandManual.program()
    let lines = HelpPage(program, isProgram: true, isWhole: false).lines(columns: 80)
    let manual = ManualPage(program).lines
    for (typed, meaning) in CommandManual.general {
      #expect(lines.contains { $0.hasPrefix("  \(typed)") })
      #expect(manual.contains(meaning.replacing("-", with: "\\-")))
    }
    #expect(lines.last?.isEmpty == false)
  }

  @Test func everyOptionIsOnSomePageOfItsCommand() throws {
    for command in try CommandManual.program().commands where Essentials.byCommand[command.commandName] == nil
    {
      #expect(Self.listed(HelpPage(command, isWhole: false).lines(columns: 80)) == Self.names(command))
    }
  }

  @Test func everyCommandIsInAGroupOfTheProgramsPage() throws {
    let program = try CommandManual.program()
    #expect(Set(Fluke.groups.flatMap(\.commands)) == Set(program.commands.map(\.commandName)))
    let lines = HelpPage(program, isProgram: true, isWhole: false).lines(columns: 80)
    for command in program.commands {
      #expect(lines.contains { $0.hasPrefix("  \(command.commandName) ") })
      // Meanings are sentences.
      for argument in command.ownArguments {
        #expect(
          argument.meaning.hasSuffix("."), "\(command.commandName) --\(argument.name): \(argument.meaning)")
        #expect(argument.meaning.first?.isLetter == true && argument.meaning.count < 400)
      }
    }
  }

  @Test func synonymsAreToldOnce() throws {
    let sweep = try #require(try CommandManual.program().command("sweep"))
    let text = HelpPage(sweep, isWhole: true).lines(columns: 80).joined(separator: "\n")
    #expect(text.split(separator: "--store").count == 2 && text.contains("Also: --store, --write."))
  }

  @Test(arguments: [
    ("", "fluke"), ("--help", "fluke"), ("help", "fluke"), ("sweep -h", "sweep"), ("help stats", "stats"),
    ("stats --help-all", "stats"), ("measure --bootstrap --help", "measure"), ("sweep --count 3", nil),
    ("sweep -- --help", nil),
  ]) func whatIsTypedAsksForAPage(line: String, page: String?) throws {
    let arguments = line.split(separator: " ").map(String.init)
    let found = try HelpPage(arguments, of: CommandManual.program)
    #expect(found?.manual.commandName == page)
    #expect(found == nil || found?.isWhole == line.contains("help-all"))
  }

  @Test func pagesGoToStandardOutput() throws {
    let folder = try TemporaryFolder()
    for line in [["help", "merge"], ["merge", "--help"], ["merge", "--store", "x", "-h"]] {
      let ending = try Program.run(line, in: folder.path)
      #expect(ending.status == 0 && ending.error.isEmpty)
      #expect(ending.output.hasPrefix("Combine the shards of a run.\n\nUsage: fluke merge [OPTIONS]\n"))
    }
    for line in [["merrge", "--help"], ["help", "merrge"]] {
      let ending = try Program.run(line, in: folder.path)
      #expect(ending.status == 64 && ending.output.isEmpty)
      #expect(ending.error.hasPrefix("fluke: merrge: found no such command, the nearest is merge; "))
    }
  }
}
