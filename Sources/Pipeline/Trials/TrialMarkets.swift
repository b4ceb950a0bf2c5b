import Backtesting

/// The bars of trials.
struct TrialMarkets: Sendable {
  private enum Source: Sendable {
    /// For each planted edge the bars of all trials.
    case fixed([Double: Market])
    case synthetic(SyntheticModel, count: Int, resampled: Market?)
    case bootstrap(of: Market)
    case permutation(of: Market)
  }

  /// The blocks of ``TrialMarket/bootstrap``, in bars on average: as long as those of `synthetic:bootstrap`.
  private static let bootstrapModel = "bootstrap"

  private let source: Source
  /// What the bars are called.
  let name: String
  /// What there is to say of the bars that were read.
  let notes: [DataNote]
  /// Whether their file began with the newest.
  let wereTurned: Bool

  /// Loads what the trials share; files that are read are noted in `log`.
  ///
  /// - Throws: what a source of bars throws.
  init(_ configuration: TrialsConfiguration, log: InputLog) throws {
    var options = configuration.sweep.data
    options.edge = 0
    var (notes, wereTurned): ([DataNote], Bool) = ([], false)
    func load(_ options: DataOptions) throws -> Market {
      let source = try MarketSource.load(options, log: log)
      (notes, wereTurned) = (source.notes, source.report?.times.isNewestFirst ?? false)
      return source.market
    }
    switch configuration.market {
    case .fixed:
      var markets: [Double: Market] = [:]
      for edge in configuration.trials.edges {
        options.edge = edge
        markets[edge] = try load(options)
      }
      source = .fixed(markets)
      name = markets.values.first?.name ?? ""
    case .synthetic:
      let model = try SyntheticModel(String(options.source.dropFirst(DataOptions.syntheticPrefix.count)))
      options.source = options.resampled
      let resampled = model.needsSource ? try load(options) : nil
      source = .synthetic(model, count: options.bars, resampled: resampled)
      name = "synthetic-\(model.name)"
    case .bootstrap:
      let market = try load(options)
      source = .bootstrap(of: market)
      name = market.name
    case .permutation:
      let market = try load(options)
      source = .permutation(of: market)
      name = market.name
    }
    (self.notes, self.wereTurned) = (notes, wereTurned)
  }

  /// The bars of the trial with this seed of bars, and this planted edge.
  ///
  /// - Throws: `SyntheticMarketError` where a price runs away.
  func market(seed: UInt64, edge: Double) throws -> Market {
    switch source {
    case .fixed(let markets):
      guard let market = markets[edge] else { preconditionFailure("an edge of this configuration") }
      return market
    case .synthetic(let model, let count, let resampled):
      return try SyntheticMarket(model: model, count: count, seed: seed, edge: edge)
        .market(resampling: resampled)
    case .bootstrap(let market):
      let drawn = try SyntheticMarket(
        model: SyntheticModel(Self.bootstrapModel), count: market.count, seed: seed, edge: edge
      ).market(resampling: market)
      return Market(
        name: market.name, timestamps: market.timestamps, open: drawn.open, high: drawn.high, low: drawn.low,
        close: drawn.close, volume: drawn.volume)
    case .permutation(let market):
      return market.permuted(seed: seed, number: 0)
    }
  }
}
