import Artifacts
import Backtesting
import Benchmarking
import Kernels
import Pipeline
import Statistics
import Stores

/// What a failure tells the shell (sysexits.h).
enum ExitStatus {
  static let usage: Int32 = 64
  static let data: Int32 = 65
  static let noInput: Int32 = 66
  static let unavailable: Int32 = 69
  static let software: Int32 = 70
  static let cannotCreate: Int32 = 73

  /// The status of `error`, or `nil` if it is none of ours.
  static func of(_ error: any Error) -> Int32? {
    switch error {
    case let error as ImportError: error.exitStatus
    case let error as StoreError: error.exitStatus
    case let error as ConfigurationError: of(error)
    case let error as StrategyError: of(error)
    case let error as ShardError: of(error)
    case is SyntheticMarketError: usage
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
    case .tooFewBars, .noCandidate, .noReturns, .undefinedBenchmark: data
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
