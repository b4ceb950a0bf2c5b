import Kernels

/// A rule with a handful of parameters, and how a choice of them becomes a column of the parameter matrix.
public struct RuleFamily: Sendable {
  /// One parameter.
  public struct Axis: Sendable {
    /// Its name, which is also its option's.
    public let name: String
    /// What is swept when nothing is given, as ``ParameterValues`` are written.
    public let defaultValues: String
    /// The least and the largest value that make sense.
    public let bounds: ClosedRange<Double>
    /// Whether it counts bars.
    public let isWhole: Bool
    /// Whether 1 is the whole, which some write as 100.
    public let isFraction: Bool
    /// What it does, with its unit.
    public let meaning: String

    /// An axis that counts bars.
    static func bars(
      _ name: String, _ defaultValues: String, from least: Double = 1, _ meaning: String
    ) -> Axis {
      Axis(
        name: name, defaultValues: defaultValues, bounds: least...100_000, isWhole: true, isFraction: false,
        meaning: meaning + ", in bars")
    }

    /// An axis of real numbers.
    static func real(
      _ name: String, _ defaultValues: String, in bounds: ClosedRange<Double>, _ meaning: String
    ) -> Axis {
      Axis(
        name: name, defaultValues: defaultValues, bounds: bounds, isWhole: false, isFraction: false,
        meaning: meaning)
    }

    /// An axis of fractions.
    static func fraction(
      _ name: String, _ defaultValues: String, in bounds: ClosedRange<Double>, _ meaning: String
    ) -> Axis {
      Axis(
        name: name, defaultValues: defaultValues, bounds: bounds, isWhole: false, isFraction: true,
        meaning: meaning)
    }

    /// - Throws: ``StrategyError/valueOutOfRange(parameter:value:needed:)`` for the first value that makes no sense.
    func check(_ values: [Double]) throws(StrategyError) {
      for value in values where !bounds.contains(value) || (isWhole && value != value.rounded()) {
        throw .valueOutOfRange(parameter: name, value: value, needed: needed(insteadOf: value))
      }
    }

    /// What `value` should have been.
    private func needed(insteadOf value: Double) -> String {
      let (least, most) = (short(bounds.lowerBound), short(bounds.upperBound))
      guard isFraction else { return "\(isWhole ? "a whole number" : "a number") from \(least) to \(most)" }
      let hundredth = (value * 1e10).rounded() / 1e12
      let hint = value > 1 && bounds.contains(hundredth) ? ": \(short(value)) % is \(short(hundredth))" : ""
      return "a fraction from \(least) to \(most)\(hint)"
    }
  }

  /// A feature that some of the axes choose, so that a grid has as many as these have combinations.
  struct FeatureChoice: Sendable {
    /// The numbers of the axes.
    let axes: [Int]
    /// The feature of their values, one for each.
    let feature: @Sendable ([Double]) -> Feature

    /// The feature that axes number `axes` choose.
    static func by(_ axes: Int..., feature: @escaping @Sendable ([Double]) -> Feature) -> FeatureChoice {
      FeatureChoice(axes: axes, feature: feature)
    }
  }

  /// Its name.
  public let family: Family
  /// What its strategies do.
  public let summary: String
  /// The parameters, in the order in which values are given.
  public let axes: [Axis]
  /// Whether the first two axes choose one feature each: then neighbours in both share features, and the grid is
  /// numbered in patches of 8 × 8, so that a block of 64 strategies needs 16 features instead of 65.
  let isPatched: Bool
  /// What a combination needs to make sense, in words, for whoever is told that some have it not.
  public let condition: String
  /// Whether a combination of values, one an axis, makes a strategy. Values of stops may follow them, here and below.
  let isStrategy: @Sendable ([Double]) -> Bool
  /// The feature that is added to the score.
  let added: FeatureChoice
  /// The feature that is subtracted from it, if there is one.
  let subtracted: FeatureChoice?
  /// Entry and exit thresholds of the score.
  let thresholds: @Sendable ([Double]) -> (entry: Double, exit: Double)
}

extension RuleFamily {
  /// The rule of `family`, or `nil` for the families that are not grids.
  public init?(_ family: Family) {
    switch family {
    case .coinflip, .linear, .signals: return nil
    case .smaCross: self = .smaCross
    case .emaCross: self = .emaCross
    case .momentum: self = .momentum
    case .rsi: self = .rsi
    case .bollinger: self = .bollinger
    case .donchian: self = .donchian
    case .macd: self = .macd
    case .stochastic: self = .stochastic
    }
  }
}
