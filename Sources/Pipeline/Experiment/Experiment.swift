import Backtesting
import Kernels

/// One experiment: a market, strategies, and how they are run; what every stage works on.
public struct Experiment: Sendable {
  /// The options that it was made from, with what they leave to the bars filled in.
  public let configuration: Configuration
  /// The bars.
  public let market: Market
  /// The strategies, any of which can be made alone.
  public let strategies: StrategySet
  /// Training first, then validation where any bars are left for it.
  public let backtest: Backtest
  /// How many bars make a year, as given or as the timestamps say.
  public let year: RunRecord.YearEntry
  /// How many signals a strategy may have.
  let signalLengths: SignalLengths
  /// How bars are cut for cross-validation.
  let cut: CrossValidationCut
  /// The strategies under ``backtest``, whose features are computed once for all passes.
  let prepared: PreparedStrategies

  /// The segment that strategies are chosen on.
  public var training: Segment { backtest.timeline.segments[0] }
  /// The segment that they are tried on afterwards.
  public var validation: Segment? {
    backtest.timeline.segments.count > 1 ? backtest.timeline.segments[1] : nil
  }

  /// Puts an experiment together.
  ///
  /// - Throws: ``ConfigurationError/tooFewBars(found:needed:reason:remedy:)``, `StrategyError` for signals that do not
  ///   fit the bars.
  package init(configuration: Configuration, market: Market, strategies: StrategySet, threads: Int) throws {
    let options = configuration.backtest
    let trainingBars = options.trainingBars(of: market.count)
    let cut = CrossValidationCut(
      0..<(configuration.statistics.crossValidated == .all ? market.count : trainingBars),
      count: configuration.statistics.blocks)
    let segments = try Self.segments(bars: market.count, training: trainingBars, cut: cut)
    try Self.checkWarmUp(of: strategies, trainingBars: trainingBars)
    let lengths = SignalLengths(
      bars: market.count, trainingBars: trainingBars, asked: options.signalAlignment)
    var alignment = SignalAlignment.market
    if case .signals(let signals) = strategies.columns {
      guard let fit = lengths.alignment(of: signals.length) else {
        throw StrategyError.signalLength(found: signals.length, needed: lengths.needed)
      }
      alignment = fit
    }
    self.configuration = configuration.resolved(trainingBars: trainingBars)
    signalLengths = lengths
    self.market = market
    self.strategies = strategies
    self.backtest = Backtest(
      market: market, segments: segments, fill: options.fill,
      costBasisPoints: options.feeBasisPoints + options.slippageBasisPoints,
      convention: configuration.convention,
      signalAlignment: alignment, precision: options.precision, kernel: options.kernel,
      threads: threads)
    year = try Self.year(of: market, given: options.barsPerYear)
    self.cut = cut
    prepared = PreparedStrategies(strategies, under: backtest)
  }

  /// How many bars make a year.
  public var barsPerYear: Double { year.bars }

  private static func year(
    of market: Market, given: Double?
  ) throws(ConfigurationError) -> RunRecord.YearEntry {
    if let given { return RunRecord.YearEntry(bars: given, rule: "given", reason: "as given") }
    let calendar = market.calendar
    guard calendar.barsPerYear.isFinite else {
      throw .noYear(option: "bars-per-year", steps: Figures.spacing(calendar.medianSpacing))
    }
    return RunRecord.YearEntry(
      bars: calendar.barsPerYear, rule: calendar.yearRule.identifier,
      reason: calendar.yearRule.words(option: "bars-per-year"))
  }

  /// Two bars make one return, and its deviation takes one more.
  static let fewestBars = 3

  private static func segments(
    bars: Int, training: Int, cut: CrossValidationCut
  ) throws(ConfigurationError) -> [Segment] {
    guard training >= fewestBars else {
      throw .tooFewBars(
        found: training, needed: fewestBars, reason: "for training",
        remedy: "give more bars or a larger --train")
    }
    let validation = bars - training
    guard validation == 0 || validation >= fewestBars else {
      throw .tooFewBars(
        found: validation, needed: fewestBars, reason: "for validation",
        remedy: "give more bars, a smaller --train, or --train 1 for no validation")
    }
    let segments = [cut.segment("training", 0..<training)]
    return validation == 0 ? segments : segments + [cut.segment("validation", training..<bars)]
  }

  private static func checkWarmUp(
    of strategies: StrategySet, trainingBars: Int
  ) throws(ConfigurationError) {
    guard let longest = strategies.features.max(by: { $0.warmUp < $1.warmUp }) else { return }
    guard longest.warmUp + fewestBars <= trainingBars else {
      throw .tooFewBars(
        found: trainingBars, needed: longest.warmUp + fewestBars,
        reason: "for training with the longest warm-up, that of \(longest.name)",
        remedy: "give more bars or shorter periods")
    }
  }

  /// The performance of a tally under this experiment's convention.
  public func performance(_ tally: Tally) -> Performance {
    Performance(
      tally, convention: configuration.convention, barsPerYear: barsPerYear, rounding: backtest.rounding)
  }
}

extension Experiment {
  /// The tally of a path over one segment.
  func tally(_ path: ReferenceKernel.Path, segment: Int) -> Tally {
    Tally.merged(path.tallies[backtest.timeline.stretchesOfSegment[segment]])
  }

  /// The net results of the trades that a path closes in one segment.
  func trades(_ path: ReferenceKernel.Path, segment: Int) -> [Double] {
    path.trades[backtest.timeline.stretchesOfSegment[segment]].flatMap { $0 }
  }

  /// What a person calls strategy `index`: its name, with its parameters where they are few.
  func title(of index: Int) -> String {
    let names = strategies.parameterNames
    let title = strategies.givenNames.isEmpty ? "strategy \(index)" : strategies.name(of: index)
    guard (1...6).contains(names.count), strategies.family != .coinflip else { return title }
    let values = strategies.parameters(of: index)
    return title + " (" + zip(names, values).map { "\($0) \(Figures.short($1))" }.joined(separator: ", ")
      + ")"
  }
}
