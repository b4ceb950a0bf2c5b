import FoundationEssentials
import Stores
import TestSupport
import Testing

@testable import fluke

/// The manual page and the completion scripts, which are made from what the argument parser knows.
@Suite struct ManualTests {
  @Test func coversEveryCommandAndOption() throws {
    let program = try CommandManual.program()
    let page = ManualPage(program).lines
    for command in program.commands {
      let start = try #require(page.firstIndex(of: ".SS \"fluke \(command.commandName)\""))
      let section = page[(start + 1)...].prefix { !$0.hasPrefix(".S") }
      for option in command.ownArguments {
        let name = option.name.replacing("-", with: "\\-")
        let heading = option.isPositional ? "<\\fI\(name)\\fR>" : "\\fB\\-\\-\(name)\\fR"
        #expect(section.contains { $0.contains(heading) }, "\(command.commandName) \(option.name)")
        for synonym in option.synonyms {
          #expect(section.contains { $0.contains(synonym.replacing("-", with: "\\-")) })
        }
      }
    }
    let busy = StoreError.busy(place: "").exitStatus
    for status in [ExitStatus.skillNotShown, ExitStatus.usage, ExitStatus.data, ExitStatus.noInput, busy] {
      #expect(page.contains(".B \(status)"))
    }
  }

  /// What the README sends its readers here for.
  @Test func saysHowRunsEndAndMeet() throws {
    let page = ManualPage(try CommandManual.program()).lines
    for title in ["INTERRUPTION", "TWO RUNS AT ONCE", "INPUT THAT MEANS HARM", "CREDENTIALS"] {
      let start = try #require(page.firstIndex(of: ".SH \"\(title)\""))
      #expect(page[start + 1] == ".PP" && page[start + 2].count > 200)
    }
  }

  /// Examples are not broken, so a page on a terminal of 80 columns has room for these: nine are its margin.
  @Test func examplesFitATerminal() throws {
    let program = try CommandManual.program()
    let examples = ([program] + program.commands).flatMap { command in
      (command.discussion ?? "").split(separator: "\n").filter { $0.hasPrefix("  ") }.map { $0.dropFirst(2) }
    }
    #expect(examples.count > 20)
    for example in examples { #expect(example.count <= 69, "\(example)") }
    let page = ManualPage(program).lines
    #expect(page.contains(".RS 2\n.nf") && page.contains("fluke sweep"))
  }

  @Test func isSetWithoutAWarning() throws {
    let folder = try TemporaryFolder()
    let printed = try Program.run(["manual"], in: folder.path)
    #expect(printed.status == 0 && printed.error.isEmpty)
    #expect(printed.output.hasPrefix(".TH FLUKE 1 "))
    try folder.write(printed.output, as: "fluke.1")
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/groff") else { return }
    let set = try Program.run(
      ["-K", "utf8", "-man", "-Tutf8", "-ww", "-P-cbou", "-rLL=80n", "fluke.1"], in: folder.path,
      tool: "/usr/bin/groff")
    #expect(set.status == 0)
    #expect(set.error.isEmpty, "\(set.error)")
    #expect(set.output.contains("EXIT STATUS") && set.output.contains("--fail-unless-skill"))
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func scriptsCompleteValues(shell: String) throws {
    let folder = try TemporaryFolder()
    let script = try Program.run(["--generate-completion-script", shell], in: folder.path)
    #expect(script.status == 0 && script.error.isEmpty)
    for word in [
      "donchian", "sharpe_ratio", "next-open", "long-short", "exposure", "anchored", "permutation", "aes256",
      "csv",
    ] {
      #expect(script.output.contains(word), "\(word)")
    }
    try folder.write(script.output, as: "script")
    if shell == "bash" {
      let checked = try Program.run(["-n", "script"], in: folder.path, tool: "/bin/bash")
      #expect(checked.status == 0 && checked.error.isEmpty, "\(checked.error)")
    }
  }

  @Test func barsAreCompleted() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/google", withIntermediateDirectories: true)
    for name in ["goog.csv", "google/a.csv", "other.txt", ".hidden.csv"] { try folder.write("", as: name) }
    #expect(Completions.candidates("builtin:") == ["builtin:btc-1d", "builtin:btc-5m"])
    #expect(Completions.candidates("synthetic:r") == ["synthetic:random-walk", "synthetic:regimes"])
    let place = folder.path + "/"
    #expect(Completions.candidates(place + "goo") == [place + "goog.csv", place + "google/"])
    #expect(
      Completions.candidates(place) == [place + "goog.csv", place + "google/", place + "other.txt"])
    #expect(Completions.candidates("no/such/place").isEmpty)
  }
}
