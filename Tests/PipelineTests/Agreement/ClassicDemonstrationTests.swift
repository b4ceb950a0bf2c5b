import Backtesting
import Kernels
import TestSupport
import Testing

@testable import Pipeline

/// The classic coin-flip demonstration, whose figures scripts/make-classic-demonstration.py makes independently.
@Suite("Agreement with the classic demonstration")
struct ClassicDemonstrationTests {
  /// Figures of one strategy over one segment; `nil` is undefined.
  struct Figures: Decodable {
    let numTrades: Double
    let winRate: Double?
    let totalReturn: Double
    let sharpeRatio: Double?
    let maxDrawdown: Double

    /// The figure of `metric`, undefined as NaN.
    subscript(metric: Metric) -> Double? {
      switch metric {
      case .trades: numTrades
      case .winRate: winRate ?? .nan
      case .totalReturn: totalReturn
      case .sharpeRatio: sharpeRatio ?? .nan
      case .maximumDrawdown: maxDrawdown
      default: nil
      }
    }
  }

  struct Results: Decodable {
    let barsPerYear: Double
    let trainingBars: Int
    let best: String
    let strategies: [String: [String: Figures]]
  }

  @Test("every figure of both segments, to 1e-12 of itself", arguments: KernelChoice.allCases)
  func figures(kernel: KernelChoice) throws {
    let results = try Fixtures.decode(Results.self, "classic-results.json")
    let market = try MarketReader().read(path: Fixtures.path("classic-prices.csv")).market
    let imported = try SignalsReader().read(path: Fixtures.path("classic-signals.json"))
      .strategies(.strategies)
    #expect(Int(Double(market.count) * 0.7) == results.trainingBars)
    let strategies = StrategySet(
      family: .signals, columns: .signals(imported.signals), direction: .long, stops: .none,
      givenNames: imported.ids)
    let segments = [
      Segment(name: "training", bars: 0..<results.trainingBars),
      Segment(name: "validation", bars: results.trainingBars..<market.count),
    ]
    let table = Backtest(market: market, segments: segments, precision: .double, kernel: kernel)
      .run(strategies)
    #expect(strategies.count == results.strategies.count)
    var training: [Performance] = []
    for strategy in 0..<strategies.count {
      for (segment, name) in ["training", "validation"].enumerated() {
        let performance = Performance(
          table.tally(of: strategy, segment: segment), convention: .perTrade,
          barsPerYear: results.barsPerYear)
        if segment == 0 { training.append(performance) }
        let expected = try #require(results.strategies[strategies.name(of: strategy)]?[name])
        for metric in [Metric.trades, .winRate, .totalReturn, .sharpeRatio, .maximumDrawdown] {
          let value = try #require(expected[metric])
          let tolerance =
            metric == .trades ? Tolerance.exact : .rounding(absolute: 1e-12 * abs(value))
          #expect(
            tolerance.accepts(performance[metric], value),
            "\(strategies.name(of: strategy)), \(name): \(metric.rawValue) is \(performance[metric]), not \(value)"
          )
        }
      }
    }
    let best = Selection(metric: .winRate, minimumTrades: 1).best(
      1, values: training.map(\.winRate), trades: training.map(\.trades))
    #expect(best.map(strategies.name) == [results.best])
  }

  @Test("the same winner by the options of a sweep")
  func winner() throws {
    let results = try Fixtures.decode(Results.self, "classic-results.json")
    var configuration = Configuration()
    configuration.data.source = Fixtures.path("classic-prices.csv")
    configuration.strategies.family = .signals
    configuration.strategies.signals = Fixtures.path("classic-signals.json")
    configuration.backtest.convention = .perTrade
    configuration.backtest.barsPerYear = results.barsPerYear
    configuration.statistics.blocks = 0
    configuration.statistics.resamples = 0
    let report = try Sweep.run(configuration, in: .test(MemoryStore()))
    #expect(report.experiment.strategies.name(of: report.winner) == results.best)
    #expect(report.experiment.backtest.signalAlignment == .segment)
    let expected = try #require(results.strategies[results.best])
    let winner = try #require(report.validation?.winner)
    for (segment, performance) in ["training": winner.training, "validation": winner.validation] {
      let figures = try #require(expected[segment])
      for metric in [Metric.trades, .winRate, .totalReturn, .sharpeRatio, .maximumDrawdown] {
        let value = try #require(figures[metric])
        #expect(Tolerance.rounding(absolute: 1e-12 * abs(value)).accepts(performance[metric], value))
      }
    }
  }
}
