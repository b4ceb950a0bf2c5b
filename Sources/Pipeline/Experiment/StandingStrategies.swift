import Backtesting

/// The strategies of a sweep that may be chosen: those that trade in training, and as often as is asked for.
///
/// The others are no alternatives: whoever adds parameters that never trade has learned nothing, and no figure but the
/// number of trials may tell.
struct StandingStrategies: Sendable {
  /// The number of the first strategy.
  private let first: Int
  private let stands: [Bool]
  /// Those that may not be chosen.
  let ineligible: Int

  /// - Parameter trades: in training, of the strategies from `first` on.
  init(_ trades: [Double], from first: Int = 0, of experiment: Experiment) {
    let fewest = Double(Self.fewestTrades(experiment))
    self.first = first
    stands = trades.map { $0 >= fewest }
    ineligible = stands.count { !$0 }
  }

  /// The trades in training that a strategy needs to be an alternative.
  static func fewestTrades(_ experiment: Experiment) -> Int {
    max(experiment.configuration.selection.minimumTrades, 1)
  }

  /// Whether strategy `number`, one of these, may be chosen.
  func contains(_ number: Int) -> Bool { stands[number - first] }

  /// The numbers of those that may, ascending; `nil` for all.
  var numbers: [Int]? {
    ineligible == 0 ? nil : stands.indices.filter { stands[$0] }.map { first + $0 }
  }
}
