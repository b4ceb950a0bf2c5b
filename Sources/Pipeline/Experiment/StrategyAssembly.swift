import Backtesting
import Kernels

/// Options, and what they name, put together to strategies.
enum StrategyAssembly {
  /// What was read from the files that options name.
  struct Imports {
    var signals: GivenSignals?
    var weights: ImportedWeights?

    /// Reads the files that `configuration` names, for the bars of `market`.
    ///
    /// - Throws: ``ImportError``.
    static func read(_ configuration: Configuration, market: Market, log: InputLog) throws -> Imports {
      let options = configuration.strategies
      let lengths = SignalLengths(
        bars: market.count, trainingBars: configuration.backtest.trainingBars(of: market.count),
        asked: configuration.backtest.signalAlignment)
      let settings = try TimeSettings(
        format: configuration.data.timeFormat, zone: configuration.data.timeZone)
      return Imports(
        signals: try options.signals.map {
          try SignalsReader(settings: settings).read(path: $0, log: log).strategies(
            on: market, lengths: lengths, axis: options.signalsAxis)
        },
        weights: try options.weights.map { try WeightsReader().read(path: $0, log: log) })
    }
  }

  /// The strategies of `options`.
  ///
  /// - Parameter hasVolume: whether the market tells volumes; features of volume are left out of the defaults if not.
  /// - Throws: `StrategyError`.
  static func strategies(
    _ options: StrategyOptions, imports: Imports, hasVolume: Bool
  ) throws -> StrategySet {
    let stops = StopAxes(
      stopLoss: try values(options.stopLoss, "stop-loss"),
      takeProfit: try values(options.takeProfit, "take-profit"),
      maximumHolding: try values(options.maximumHolding, "maximum-holding", isWhole: true))
    try stops.check()
    func set(_ columns: StrategySet.Columns, named: [String] = []) -> StrategySet {
      StrategySet(
        family: options.family, columns: columns, direction: options.direction, stops: stops,
        givenNames: named)
    }
    if let rule = RuleFamily(options.family) {
      try checkNames(options, known: rule.axes.map(\.name))
      let axes = try rule.axes.map { axis in
        try values(options.parameters[axis.name] ?? axis.defaultValues, axis.name, isWhole: axis.isWhole)
      }
      return set(
        .grid(try RuleGrid(family: rule, axisValues: axes, direction: options.direction, stops: stops)))
    }
    try checkSingle(stops, family: options.family)
    switch options.family {
    case .signals:
      try checkNames(options, known: [])
      let given = imports.signals ?? GivenSignals(ids: [], signals: SignalColumns([]))
      return set(.signals(given.signals), named: given.ids)
    case .linear:
      return try linear(options, weights: imports.weights, hasVolume: hasVolume, set: set)
    default:
      try checkNames(options, known: [])
      return set(
        .coinFlips(seed: options.seed, probability: options.coin, count: options.count))
    }
  }

  private static func linear(
    _ options: StrategyOptions, weights: ImportedWeights?, hasVolume: Bool,
    set: (StrategySet.Columns, [String]) -> StrategySet
  ) throws -> StrategySet {
    try checkNames(options, known: options.family.axes.map(\.name))
    let defaultThresholds = Family.linearThresholds
    let entry = try single(options, "entry") ?? defaultThresholds.entry
    let exit = try single(options, "exit") ?? min(defaultThresholds.exit, entry)
    if weights?.entry == nil { try check(exit: exit, entry: entry) }
    guard let weights else {
      let features = Feature.linearDefaults.filter { hasVolume || !$0.usesVolume }
      let columns = LinearColumns(
        features: features, weights: .random(seed: options.seed, count: options.count))
      return set(.linear(columns, Threshold(entry: entry, exit: exit)), [])
    }
    for (name, given) in [("entry", weights.entry), ("exit", weights.exit)] where given != nil {
      guard options.parameters[name] == nil else {
        throw ConfigurationError.notTogether(
          option: name, with: "weights that have an \(name) for each strategy",
          remedy: "remove one of the two")
      }
    }
    let features = try weights.featureNames.map(feature)
    let columns = LinearColumns(
      features: features, weights: .given(weights.columns),
      thresholds: try thresholds(weights, entry: entry, exit: try single(options, "exit")))
    return set(.linear(columns, Threshold(entry: entry, exit: exit)), weights.ids)
  }

  /// The thresholds of each strategy, where its file gives one of them; the other is that of the options.
  private static func thresholds(
    _ weights: ImportedWeights, entry: Double, exit: Double?
  ) throws -> [Threshold] {
    guard weights.entry != nil || weights.exit != nil else { return [] }
    return try weights.ids.indices.map { number in
      let entry = weights.entry?[number] ?? entry
      let exit = weights.exit?[number] ?? exit ?? min(Family.linearThresholds.exit, entry)
      try check(exit: exit, entry: entry)
      return Threshold(entry: entry, exit: exit)
    }
  }

  private static func check(exit: Double, entry: Double) throws(StrategyError) {
    guard exit > entry else { return }
    throw .valueOutOfRange(parameter: "exit", value: exit, needed: "at most the entry, \(entry)")
  }

  private static func feature(named name: String) throws -> Feature {
    if let feature = Feature(name: name) {
      try feature.check()
      return feature
    }
    let known = Feature.linearDefaults.map(\.name)
    throw StrategyError.unknownFeature(
      name, nearest: ConfigurationError.nearest(to: name, in: known) ?? known[0])
  }

  private static func values(
    _ text: String?, _ name: String, isWhole: Bool = false
  ) throws(StrategyError) -> [Double] {
    guard let text else { return [] }
    return try ParameterValues(parsing: text, parameter: name, isWhole: isWhole).values
  }

  private static func single(_ options: StrategyOptions, _ name: String) throws -> Double? {
    let values = try values(options.parameters[name], name)
    guard values.count <= 1 else {
      throw StrategyError.oneValueOnly(parameter: name, family: options.family, found: values.count)
    }
    return values.first
  }

  private static func checkNames(_ options: StrategyOptions, known: [String]) throws(StrategyError) {
    for name in options.parameters.keys.sorted() where !known.contains(name) {
      throw .unknownParameter(name, family: options.family, known: known)
    }
  }

  private static func checkSingle(_ stops: StopAxes, family: Family) throws(StrategyError) {
    for (name, values) in [
      ("stop-loss", stops.stopLoss), ("take-profit", stops.takeProfit),
      ("maximum-holding", stops.maximumHolding),
    ] where values.count > 1 {
      throw .oneValueOnly(parameter: name, family: family, found: values.count)
    }
  }
}
