import ArgumentParser
import CStartup
import Pipeline
import Stores

/// The program.
@main
struct Fluke: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fluke",
    abstract: "Backtests very many trading strategies at once and says how much of the winner is luck.",
    discussion: """
      Example:
        fluke sweep
        fluke sweep --family sma-cross --slow 10:250:2 --fee-bps 10
      """,
    version: Workplace.version,
    subcommands: [
      SweepCommand.self, TrialsCommand.self, StatsCommand.self, DataCommand.self, FamiliesCommand.self,
      MergeCommand.self, UploadCommand.self, BenchCommand.self, ManualCommand.self, GenerateCommand.self,
      BacktestCommand.self, SelectCommand.self, MeasureCommand.self, ValidateCommand.self,
      VisualizeCommand.self,
    ])

  /// The commands as the help shows them.
  static let groups: [(title: String, commands: [String])] = [
    ("Commands", ["sweep", "trials", "stats", "data", "families", "merge", "upload", "bench", "manual"]),
    (
      "Stages of a sweep, each from what the one before has stored",
      ["generate", "backtest", "select", "measure", "validate", "visualize"]
    ),
  ]

  static func main() {
    fluke_startup()
    StandardFiles.openClosed()
    _ = Console.interruption
    let arguments = UsageText.joiningNegativeNumbers(Console.arguments)
    do {
      if let page = try HelpPage(arguments, of: CommandManual.program) {
        try Console.write(page.lines(columns: Terminal.output.width ?? TextLayout.usualWidth))
        return
      }
      var command = try parseAsRoot(arguments)
      try Console.options.checkRepeats()
      try command.run()
    } catch {
      fail(error, arguments: arguments)
    }
  }

  /// One line on standard error and the exit status of `error`; versions go to standard output.
  private static func fail(_ error: any Error, arguments: [String]) -> Never {
    if let status = ExitStatus.of(error) {
      Console.note("fluke: \(error)")
      exit(withStatus: status)
    }
    let code = exitCode(for: error)
    guard code != .success else { exit(withError: error) }
    let line = (try? CommandManual.program()).map { manual in
      UsageText(manual, arguments: arguments).line(for: message(for: error))
    }
    Console.note("fluke: " + (line ?? message(for: error)))
    exit(withStatus: code == .validationFailure ? ExitStatus.usage : ExitStatus.software)
  }

  private static func exit(withStatus status: Int32) -> Never {
    exit(withError: ExitCode(status))
  }
}
