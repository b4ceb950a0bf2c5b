import Backtesting
import Kernels

/// The parts of the tile loop alone, and memory alone.
public enum PartCases {
  /// Features whose product is timed.
  private static let features = [1, 2, 4, 8, 16, 32, 64]
  /// Measurements of each part.
  private static let repeats = 5

  /// The matrix product at the shapes of tiles.
  ///
  /// - Throws: ``BenchmarkError`` where a product is wrong.
  public static func products(in setting: Setting) throws -> [CaseRecord] {
    try setting.precisions.flatMap { precision in
      switch precision {
      case .single: try products(precision, as: Float.self, in: setting)
      case .double: try products(precision, as: Double.self, in: setting)
      }
    }
  }

  private static func products<Scalar: KernelScalar>(
    _ precision: Precision, as scalar: Scalar.Type, in setting: Setting
  ) throws -> [CaseRecord] {
    for features in features { try verifyProduct(features, precision, as: scalar) }
    let shapes = features.flatMap { features in setting.threadCounts.map { (features: features, threads: $0) }
    }
    return Rounds.interleave(shapes, rounds: repeats) { shape in
      let rate = setting.side(shape.threads, parts: repeats).rate {
        TileProduct<Scalar>(features: shape.features)
      } body: { product in
        product.multiply(times: 16)
        return Double(16 * product.operations)
      }
      return 1e9 / rate
    }.map { shape, seconds in
      var record = CaseRecord(
        group: .product, name: "product-\(shape.features)", unit: "operations", work: 1e9,
        threads: shape.threads, sample: Sample(seconds))
      record.precision = precision
      record.sizes = [
        "features": shape.features, "bars_of_a_tile": TilePlan.barsPerTile(features: shape.features),
        "strategies": TilePlan.strategiesPerBlock,
      ]
      return record
    }
  }

  private static func verifyProduct<Scalar: KernelScalar>(
    _ features: Int, _ precision: Precision, as scalar: Scalar.Type
  ) throws {
    var product = TileProduct<Scalar>(features: features)
    product.multiply(times: 1)
    let error = product.largestError()
    // A sum of K equal terms, each rounded once more: (K + 1) roundings at most, with a margin of one.
    let bound = Double(features + 2) * Double(Scalar.ulpOfOne)
    guard error <= bound else {
      throw BenchmarkError.differs(
        benchmark: "product of \(features) features in \(precision.rawValue) precision",
        what: "the relative error", found: "\(error)", expected: "at most \(bound)")
    }
  }

  /// The accounting of tiles of `linear` strategies with 32 features: long, long and short, and with stops.
  public static func accounting(in setting: Setting) -> [CaseRecord] {
    let market = BacktestCase.market(bars: BacktestCase.standardBars)
    let stops = StopAxes(stopLoss: [0.05], takeProfit: [0.1], maximumHolding: [20])
    let kinds: [(name: String, direction: Direction, stops: StopAxes)] = [
      ("long", .long, .none), ("long-short", .longShort, .none), ("stops", .long, stops),
    ]
    return setting.precisions.flatMap { precision in
      kinds.flatMap { name, direction, stops in
        let item = BacktestCase.linear(features: 32, 1_024, market, direction: direction, stops: stops)
        return switch precision {
        case .single: accounting(name, of: item, precision, as: Float.self, in: setting)
        case .double: accounting(name, of: item, precision, as: Double.self, in: setting)
        }
      }
    }
  }

  private static func accounting<Scalar: KernelScalar>(
    _ name: String, of item: BacktestCase, _ precision: Precision, as scalar: Scalar.Type, in setting: Setting
  ) -> [CaseRecord] {
    let tiles = item.backtest(precision, threads: setting.threads)
      .tileSample(of: item.strategies, count: 4, as: scalar)
    return Rounds.interleave(setting.threadCounts, rounds: repeats) { threads in
      let limit = TileLimit.measure(
        tiles, bandwidth: setting.bandwidth(threads: threads), side: setting.side(threads, parts: repeats))
      return 1e9 * limit.account / Double(threads)
    }.map { threads, seconds in
      var record = CaseRecord(
        group: .accounting, name: "accounting-\(name)", unit: "strategy-bars", work: 1e9, threads: threads,
        sample: Sample(seconds))
      record.precision = precision
      return record
    }
  }

  /// How fast memory is.
  ///
  /// - Throws: ``BenchmarkError`` where a sum is wrong.
  public static func memory(in setting: Setting) throws -> [CaseRecord] {
    var checked = MemoryTriad(count: 1_000)
    checked.pass()
    guard checked.isRight else {
      throw BenchmarkError.differs(
        benchmark: "memory", what: "a sum", found: "another number", expected: "2")
    }
    return setting.threadCounts.compactMap { threads in
      setting.bandwidths[threads].map { sample in
        var record = CaseRecord(
          group: .memory, name: "triad", unit: "bytes", work: setting.triadBytes, threads: threads,
          sample: sample)
        record.sizes = ["bytes": Int(setting.triadBytes)]
        return record
      }
    }
  }
}
