import ArgumentParser
import Pipeline

/// The program.
@main
struct Fluke: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fluke",
    abstract: "Backtests very many trading strategies at once and says how much of the winner is luck.",
    discussion: """
      Example:
        fluke sweep
        fluke sweep --family sma-cross --fast 2:60 --slow 10:250:2 --fee-bps 10
      """,
    version: Workplace.version,
    subcommands: [
      SweepCommand.self, GenerateCommand.self, BacktestCommand.self, SelectCommand.self, ValidateCommand.self,
      VisualizeCommand.self, DataCommand.self, FamiliesCommand.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      fail(error)
    }
  }

  /// One line on standard error and the exit status of `error`; help and versions go to standard output.
  private static func fail(_ error: any Error) -> Never {
    if let status = ExitStatus.of(error) {
      Console.note("fluke: \(error)")
      exit(withStatus: status)
    }
    let code = exitCode(for: error)
    guard code != .success else { exit(withError: error) }
    let message = message(for: error).split(separator: "\n").joined(separator: " ")
    Console.note("fluke: \(message); `fluke --help` shows what there is")
    exit(withStatus: code == .validationFailure ? ExitStatus.usage : ExitStatus.software)
  }

  private static func exit(withStatus status: Int32) -> Never {
    exit(withError: ExitCode(status))
  }
}
