import Backtesting
import Kernels

extension Subject {
  /// All crosses of moving averages with windows `from` to `to`: grid, features, tiles and tallies, and with `figures=1`
  /// what is read off them.
  static func crosses(_ arguments: Arguments) throws -> Subject {
    let market = try market(arguments)
    let windows = (arguments["from", default: 2]...arguments["to", default: 143]).map(Double.init)
    let hasFigures = arguments["figures", default: 0] == 1
    let barsPerYear = TradingCalendar(timestamps: market.timestamps).barsPerYear
    guard let rule = RuleFamily(.smaCross) else { preconditionFailure("a rule grid") }
    return Subject {
      let grid = try RuleGrid(family: rule, axisValues: [windows, windows], direction: .long, stops: .none)
      let strategies = StrategySet(
        family: .smaCross, columns: .grid(grid), direction: .long, stops: .none)
      let table = backtest(market, [whole(market)], arguments).run(strategies)
      let figures =
        hasFigures ? performances(table, segment: 0, .portfolio, barsPerYear: barsPerYear) : []
      return {
        var columns = members(of: table)
        columns.merge(numbers(figures, prefix: "")) { $1 }
        columns["fast"] = (0..<grid.count).map { grid.parameters(of: $0)[0] }
        columns["slow"] = (0..<grid.count).map { grid.parameters(of: $0)[1] }
        return columns
      }
    }
  }

  /// `count` random weightings of the default features, which are computed as part of the work.
  static func linear(_ arguments: Arguments) throws -> Subject {
    let market = try market(arguments)
    let count = arguments["count", default: 10_000]
    let columns = LinearColumns(
      features: Feature.linearDefaults, weights: .random(seed: 1, count: count))
    let strategies = StrategySet(
      family: .linear, columns: .linear(columns, Threshold(entry: 0.5, exit: 0)), direction: .long,
      stops: .none)
    return Subject {
      let table = backtest(market, [whole(market)], arguments).run(strategies)
      return { members(of: table) }
    } given: {
      // Feature by feature over the bars, then the weights strategy by strategy.
      let weights = (0..<count).flatMap { strategy in
        var row = Array(repeating: 0.0, count: columns.features.count)
        strategies.forEachWeight(of: strategy) { row[$0] = $1 }
        return row
      }
      return FeatureColumns.compute(columns.features, in: market).flatMap(\.self) + weights
    }
  }

  /// Given signals, strategy by strategy, on a training and a validation segment in each of which they begin anew: the
  /// figures of the classic demonstration.
  static func signals(_ arguments: Arguments) throws -> Subject {
    let market = try market(arguments)
    let flips = try arguments.numbers("signals.i8", as: Int8.self)
    let count = arguments["count", default: 500]
    let length = flips.count / count
    let strategies = StrategySet(
      family: .signals,
      columns: .signals(SignalColumns((0..<count).map { Array(flips[$0 * length..<($0 + 1) * length]) })),
      direction: .long, stops: .none)
    let split = arguments["training", default: length]
    let segments = [
      Segment(name: "training", bars: 0..<split),
      Segment(name: "validation", bars: split..<market.count),
    ]
    return Subject {
      let table = backtest(market, segments, arguments).run(strategies)
      let training = performances(table, segment: 0, .perTrade, barsPerYear: 252)
      let validation = performances(table, segment: 1, .perTrade, barsPerYear: 252)
      return {
        numbers(training, prefix: "training_").merging(numbers(validation, prefix: "validation_")) { $1 }
      }
    }
  }

  /// The columns of `bars.f64` one after the other: microseconds, open, high, low, close, volume.
  private static func market(_ arguments: Arguments) throws -> Market {
    let numbers = try arguments.numbers("bars.f64", as: Double.self)
    let bars = numbers.count / 6
    func column(_ index: Int) -> [Double] { Array(numbers[index * bars..<(index + 1) * bars]) }
    return Market(
      name: "bars", timestamps: column(0).map { Int64($0) }, open: column(1), high: column(2),
      low: column(3), close: column(4), volume: column(5))
  }

  private static func whole(_ market: Market) -> Segment {
    Segment(name: "all", bars: 0..<market.count)
  }

  private static func backtest(_ market: Market, _ segments: [Segment], _ arguments: Arguments) -> Backtest {
    Backtest(
      market: market, segments: segments, costBasisPoints: Double(arguments["fee", default: 0]),
      precision: arguments["precision"] == "double" ? .double : .single,
      threads: arguments["threads", default: 2])
  }

  private static func performances(
    _ table: TallyTable, segment: Int, _ convention: Convention, barsPerYear: Double
  ) -> [Performance] {
    (0..<table.count).map {
      Performance(table.tally(of: $0, segment: segment), convention: convention, barsPerYear: barsPerYear)
    }
  }

  private static func numbers(_ figures: [Performance], prefix: String) -> [String: [Double]] {
    guard !figures.isEmpty else { return [:] }
    let metrics: [Metric] = [.winRate, .totalReturn, .sharpeRatio, .maximumDrawdown, .trades]
    return Dictionary(
      uniqueKeysWithValues: metrics.map { metric in
        (prefix + metric.rawValue, figures.map { $0[metric] })
      })
  }

  /// Every member of every tally of the first segment.
  private static func members(of table: TallyTable) -> [String: [Double]] {
    let tallies = table.tallies.prefix(table.count)
    func column(_ value: (Tally) -> Double) -> [Double] { tallies.map(value) }
    return [
      "bars_in_market": column { Double($0.barsInMarket) },
      "winning_bars": column { Double($0.winningBars) },
      "sum": column(\.sum),
      "sum_of_squares": column(\.sumOfSquares),
      "sum_of_cubes": column(\.sumOfCubes),
      "sum_of_fourths": column(\.sumOfFourths),
      "sum_of_losses": column(\.sumOfLosses),
      "sum_of_squared_losses": column(\.sumOfSquaredLosses),
      "growth": column(\.growth),
      "highest": column(\.highest),
      "lowest": column(\.lowest),
      "maximum_drawdown": column(\.maximumDrawdown),
      "turnover": column(\.turnover),
      "trades_closed": column { Double($0.tradesClosed) },
      "trades_won": column { Double($0.tradesWon) },
      "gross_profit": column(\.grossProfit),
      "gross_loss": column(\.grossLoss),
    ]
  }
}
