import TestSupport
import Testing

@testable import Artifacts

/// Every picture, on ordinary and on extreme values: right size, same bytes twice, and nothing near the edge.
struct PlotsTests {
  @Test(arguments: PlotCase.all)
  func pictureIsWholeAndRepeatable(plot: PlotCase) throws {
    let first = try Canvas()
    plot.draw(first)
    let second = try Canvas()
    plot.draw(second)
    let bytes = try first.png()
    #expect(try bytes == second.png())
    // Width and height in IHDR, big-endian: 1,600 and 900.
    #expect(bytes[16..<24].elementsEqual([0, 0, 0x06, 0x40, 0, 0, 0x03, 0x84]))

    #expect(first.colours(columns: 0..<1_600, rows: 0..<4) == [0xFFFFFF])
    #expect(first.colours(columns: 0..<1_600, rows: 896..<900) == [0xFFFFFF])
    #expect(first.colours(columns: 0..<4, rows: 0..<900) == [0xFFFFFF])
    #expect(first.colours(columns: 1_596..<1_600, rows: 0..<900) == [0xFFFFFF])
    #expect(first.colours(columns: 40..<200, rows: 32..<70).contains(0x1A1A1A), "the title is missing")
  }

  @Test func pngIsTheCanvasThatWasDrawn() throws {
    let canvas = try Canvas()
    let plot = WinRateHistogram(winRates: [0.4, 0.5, 0.6], expected: 0.5, best: 0.6, bestByLuck: 0.55)
    plot.draw(on: canvas)
    #expect(try plot.png() == canvas.png())
  }

  /// An undefined strategy changes the subtitle, and not the data below it.
  @Test func undefinedValuesAreLeftOutOfTheData() throws {
    func data(_ training: [Double], _ validation: [Double]) throws -> [UInt32] {
      let canvas = try Canvas()
      TrainVersusValidation(
        metric: "Sharpe ratio", format: .plain, training: training, validation: validation, winner: 0
      ).draw(on: canvas)
      return (200..<800).map { canvas.pixel(column: 2 * $0, row: $0) }
        + (300..<1_500).map { canvas.pixel(column: $0, row: 840 - $0 / 3) }
    }
    let whole = try data([1, 2, 3], [3, 1, 2])
    #expect(try whole == data([1, 2, .nan, 3, 9], [3, 1, 5, 2, .infinity]))
    #expect(try whole != data([1, 2, 3], [3, 1, 1]))
  }

  /// Whatever the two ranges are, points lie all over the width: no half of the picture is empty.
  @Test(arguments: [1.0, 1.4, 2, 10]) func aScatterFillsItsPicture(ratio: Double) throws {
    let xs = (0...20).map { Double($0) / 20 }
    let canvas = try Canvas()
    TrainVersusValidation(
      metric: "Sharpe ratio", format: .plain, training: xs, validation: xs.reversed().map { $0 * ratio },
      winner: nil
    ).draw(on: canvas)
    for third in [200..<600, 600..<1_000, 1_000..<1_500] {
      #expect(canvas.colours(columns: third, rows: 250..<700).count > 3, "\(third)")
    }
  }

  @Test func undefinedPerformanceHasNoBar() throws {
    let canvas = try Canvas()
    let good = PerformanceComparison.Performance(winRate: 0.56, annualGrowth: 3, sharpeRatio: 1.2)
    let undefined = PerformanceComparison.Performance(winRate: .nan, annualGrowth: .nan, sharpeRatio: .nan)
    PerformanceComparison(strategy: "one", training: good, validation: undefined).draw(on: canvas)
    let seen = canvas.colours(columns: 0..<1_600, rows: 700..<702)
    #expect(seen.contains(0x0072B2))
    #expect(!seen.contains(0xD55E00))
  }
}

/// A named picture, so that a failure says which.
struct PlotCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let draw: @Sendable (Canvas) -> Void

  static let all = histograms + comparisons + curves + scatters + overfitting + trials

  static let longName = String(repeating: "a name that goes on and on ", count: 30)
  private static let unbroken = String(repeating: "unbroken", count: 60)

  static func normals(_ count: Int, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in generator.normal() }
  }

  private static var histograms: [PlotCase] {
    let rates = normals(500, seed: 6).map { 0.5 + 0.0163 * $0 }
    let samples: [(String, [Double])] = [
      ("500", rates), ("one", [0.52]), ("equal", [0.5, 0.5, .nan]), ("undefined", [.nan, .nan]), ("none", []),
      ("tiny", rates.map { $0 * 1e-9 }), ("huge", rates.map { ($0 - 0.5) * 1e12 }), ("zeros", [0, 0, 0]),
    ]
    return samples.flatMap { name, winRates in
      [nil, longName, unbroken].map { title in
        PlotCase(testDescription: "histogram, \(name), title \(title?.prefix(8) ?? "by default")") {
          let best = winRates.max() ?? .nan
          WinRateHistogram(
            winRates: winRates, expected: 0.5, best: best, bestByLuck: best * 0.999, title: title
          ).draw(on: $0)
        }
      }
    }
  }

  private static var comparisons: [PlotCase] {
    typealias Performance = PerformanceComparison.Performance
    let samples: [(String, Performance, Performance)] = [
      (
        "usual", Performance(winRate: 0.559, annualGrowth: 3.21, sharpeRatio: 1.43),
        Performance(winRate: 0.492, annualGrowth: -0.13, sharpeRatio: -0.2)
      ),
      (
        "extreme", Performance(winRate: 1e-9, annualGrowth: 1e12, sharpeRatio: -1e308),
        Performance(winRate: 0, annualGrowth: -1, sharpeRatio: 1e308)
      ),
      (
        "undefined", Performance(winRate: .nan, annualGrowth: .nan, sharpeRatio: .infinity),
        Performance(winRate: .nan, annualGrowth: -0.5, sharpeRatio: -.infinity)
      ),
    ]
    return samples.map { name, training, validation in
      PlotCase(testDescription: "comparison, \(name)") {
        PerformanceComparison(strategy: longName, training: training, validation: validation).draw(on: $0)
      }
    }
  }

  private static var curves: [PlotCase] {
    typealias Segment = EquityCurves.Segment
    func segment(from start: Int, count: Int, step: Int64, _ equity: (Int) -> Double) -> Segment {
      let indices = start..<(start + count)
      return Segment(
        timestamps: indices.map { 1_500_000_000_000_000 + Int64($0) * step }, equity: indices.map(equity),
        prices: indices.map { 4_000 + Double($0 % 37) })
    }
    let day: Int64 = 86_400_000_000
    let none = Segment(timestamps: [], equity: [], prices: [])
    let samples: [(String, Segment, Segment)] = [
      (
        "days", segment(from: 0, count: 1_800, step: day) { 1 + Double($0) / 900 },
        segment(from: 1_800, count: 700, step: day) { 1 + Double($0 % 50) / 100 }
      ),
      (
        "growth",
        segment(from: 0, count: 20_000, step: day / 288) { DecimalPowers.power(Double($0) / 1_000) },
        none
      ),
      ("losses", segment(from: 0, count: 300, step: day) { 1 - Double($0) / 200 }, none),
      (
        "gaps", segment(from: 0, count: 90, step: day) { $0 % 3 == 0 ? .nan : 1 },
        segment(from: 90, count: 9, step: day) { _ in .nan }
      ),
      ("a point", segment(from: 0, count: 1, step: day) { _ in 1 }, none),
      ("undefined", Segment(timestamps: [0], equity: [.nan], prices: [.nan]), none), ("none", none, none),
      (
        "all of time", Segment(timestamps: [.min, .max], equity: [1, 1e12], prices: [1, 1e-9]),
        segment(from: 0, count: 2, step: day) { _ in 1e-9 }
      ),
    ]
    return samples.map { name, training, validation in
      PlotCase(testDescription: "equity, \(name)") {
        EquityCurves(strategy: longName, training: training, validation: validation).draw(on: $0)
      }
    }
  }

  private static var scatters: [PlotCase] {
    let xs = normals(6_000, seed: 7)
    let ys = normals(6_000, seed: 8)
    let samples: [(String, [Double], [Double])] = [
      ("dots", Array(xs.prefix(400)), Array(ys.prefix(400))), ("density", xs, ys),
      ("outliers", xs + [1e12, 1], ys + [0, -1e300]), ("one", [0.4], [-0.1]),
      ("equal", [0, 0, 0], [0, 0, 0]),
      ("undefined", [.nan, 1], [1, .infinity]), ("none", [], []),
      ("far apart", xs.map { 1e12 + $0 }, ys.map { $0 * 1e-9 }),
    ]
    return samples.flatMap { name, training, validation in
      ["Sharpe ratio", longName].map { metric in
        PlotCase(testDescription: "scatter, \(name), \(metric.prefix(12))") {
          TrainVersusValidation(
            metric: metric, format: .percent, training: training, validation: validation,
            winner: training.indices.first
          ).draw(on: $0)
        }
      }
    }
  }
}
