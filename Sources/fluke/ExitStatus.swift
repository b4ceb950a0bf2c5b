import Artifacts
import Backtesting
import Benchmarking
import Kernels
import Pipeline
import Statistics
import Stores

/// What a failure tells the shell (sysexits.h).
enum ExitStatus {
  /// The verdict is not that skill is shown, and `--fail-unless-skill` demands it; the one status below those of failures.
  static let skillNotShown: Int32 = 1
  static let usage: Int32 = 64
  static let data: Int32 = 65
  static let noInput: Int32 = 66
  static let unavailable: Int32 = 69
  static let software: Int32 = 70
  static let cannotCreate: Int32 = 73

  /// What each status means, for the manual.
  static let meanings: [(status: String, meaning: String)] = [
    ("0", "The command did what it was told."),
    (
      "1",
      "With --fail-unless-skill: skill is not shown, or cannot be judged. Everything was written all the same."
    ),
    ("64", "Options that make no sense."), ("65", "A file whose content cannot be used."),
    ("66", "A file or a store that is missing or cannot be read."),
    ("69", "Something that is needed does not work: a server, a font, a library."),
    ("70", "A fault of the program."), ("73", "A file that cannot be written."),
    ("74", "Reading or writing that failed on the way."),
    ("75", "Another run is at work in the same place: try again when it has ended."),
    ("77", "Credentials that are missing or are refused."),
    ("128 + n", "Ended by signal n: 130 after Ctrl-C."),
  ]

  /// The status of `error`, or `nil` if it is none of ours.
  static func of(_ error: any Error) -> Int32? {
    switch error {
    case let error as ImportError: error.exitStatus
    case let error as StoreError: error.exitStatus
    case let error as ConfigurationError: of(error)
    case let error as StrategyError: of(error)
    case let error as ShardError: of(error)
    case is SyntheticMarketError, is UsageFault: usage
    case is SkillNotShown: skillNotShown
    case is FeatureError, is TableError, is JSONError, is StatisticsError: data
    case is ChartError, is OpenBLAS.Failure: unavailable
    case is BenchmarkError: software
    case let error as Interrupted: error.exitStatus
    default: nil
    }
  }

  private static func of(_ error: ConfigurationError) -> Int32 {
    switch error {
    case .outOfRange, .unknownName, .notTogether: usage
    case .tooFewBars, .noCandidate, .noReturns, .neverTraded, .undefinedBenchmark, .noYear: data
    case .stale: noInput
    case .inTheWay: cannotCreate
    }
  }

  private static func of(_ error: ShardError) -> Int32 {
    switch error {
    case .none, .missing: noInput
    case .otherCounts, .doubled, .otherPlan, .otherMachine, .damaged: data
    }
  }

  private static func of(_ error: StrategyError) -> Int32 {
    switch error {
    case .unknownFeature, .signalLength: data
    default: usage
    }
  }
}
