import Artifacts
import Testing

@testable import Pipeline

@Suite struct TrialsConfigurationTests {
  @Test func theDefaultsAreSound() throws {
    let configuration = TrialsConfiguration()
    try configuration.check()
    #expect(configuration.market == .fixed)
    #expect(configuration.cells == [TrialCell(edge: 0, strategies: 500)])
  }

  private typealias Change = @Sendable (inout TrialsConfiguration) -> Void

  private static let faults: [(String, Change)] = [
    ("--trials: found 0, expected 1 to 1000000; change the value", { $0.trials.count = 0 }),
    ("--trials: found 1000001, expected 1 to 1000000; change the value", { $0.trials.count = 1_000_001 }),
    ("--strategies: found 0, expected 1 to 10000000; change the value", { $0.trials.sizes = [0, 5] }),
    (
      "--trials: found 1000000, expected at most 666666 with 3 cells; change the value",
      {
        $0.trials.count = 1_000_000
        $0.trials.sizes = [1, 2, 3]
      }
    ),
    (
      "--strategies and --edge: found 101, expected 1 to 100 cells; change the value",
      { $0.trials.sizes = Array(1...101) }
    ),
    (
      "--edge: found 0.2, expected above -0.1, below 0.1; change the value",
      {
        $0.trials.market = .bootstrap
        $0.trials.edges = [0, 0.2]
      }
    ),
    ("--train: found 0, expected above 0, at most 1; change the value", { $0.sweep.backtest.train = 0 }),
    (
      "--edge: makes no sense with --market fixed of real bars; choose --market bootstrap or --data synthetic:MODEL",
      { $0.trials.edges = [0.001] }
    ),
    (
      "--edge: makes no sense with --market permutation; choose --market bootstrap or --data synthetic:MODEL",
      {
        $0.sweep.data.source = "synthetic:garch"
        $0.trials.market = .permutation
        $0.trials.edges = [0.001]
      }
    ),
    (
      "--market: makes no sense with synthetic and --data builtin:btc-1d; give --data synthetic:MODEL or choose "
        + "bootstrap or permutation", { $0.trials.market = .synthetic }
    ),
    (
      "--market: makes no sense with fixed and --family rsi, which is not drawn: all trials would be the same; choose "
        + "bootstrap, permutation or --data synthetic:MODEL", { $0.sweep.strategies.family = .rsi }
    ),
    (
      "--strategies: makes no sense with --family rsi, whose number its parameters say; leave it out",
      {
        $0.sweep.strategies.family = .rsi
        $0.trials.market = .permutation
        $0.trials.sizes = [5, 10]
      }
    ),
  ]

  @Test(arguments: faults.indices) func isRefused(index: Int) {
    let (message, change) = Self.faults[index]
    var configuration = TrialsConfiguration()
    change(&configuration)
    let error = #expect(throws: ConfigurationError.self) { try configuration.check() }
    #expect(error.map { "\($0)" } == message)
  }

  @Test func isWhatARecordRemembers() throws {
    let configuration = TrialsConfiguration.tiny(trials: 3) { $0.trials.market = .bootstrap }
    let bytes = try JSONDocument.encode(configuration)
    #expect(
      try JSONDocument.decode(TrialsConfiguration.self, from: bytes, document: "options") == configuration)
  }
}
