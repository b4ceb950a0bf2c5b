import COpenBLAS
import CTileKernel

/// The two precisions of the engine, each with its entries into BLAS and the tile kernel.
///
/// These are the calls that cross into C, one a tile.
public protocol KernelScalar: BinaryFloatingPoint, BitwiseCopyable, Sendable {
  /// `c = aᵀ·b`, row-major: `a` is k × m with row stride `strideOfA`, `b` is k × n, `c` is m × n.
  static func multiplyTransposed(
    m: Int, n: Int, k: Int, a: UnsafePointer<Self>, strideOfA: Int, b: UnsafePointer<Self>,
    c: UnsafeMutablePointer<Self>)

  /// See `fluke_round_f32` in FeatureColumns.h.
  static func round(count: Int, _ column: UnsafePointer<Double>, to rounded: UnsafeMutablePointer<Self>)
    -> Int

  /// Features that a block may use for ``scoreDifferences(features:stride:rows:count:added:subtracted:isPaired:bars:scores:)``;
  /// 0 where there is no such kernel.
  static var mostFeaturesOfDifferences: Int { get }

  /// See `fluke_score_differences_f32` in TileKernel.h.
  static func scoreDifferences(
    features: UnsafePointer<Self>, stride: Int, rows: UnsafePointer<Int32>, count: Int,
    added: UnsafePointer<Int32>, subtracted: UnsafePointer<Int32>, isPaired: Bool, bars: Int,
    scores: UnsafeMutablePointer<Self>)

  /// See `fluke_serves_products` in TileKernel.h.
  static func servesProducts(features: Int) -> Bool

  /// See `fluke_serves_picks` in TileKernel.h.
  static func servesPicks(added: UnsafePointer<Int>, subtracted: UnsafePointer<Int>?) -> Bool

  /// See `fluke_score_products_f32` in TileKernel.h.
  ///
  /// - Precondition: `unstored` are products.
  static func store(_ unstored: UnstoredScores<Self>, bars: Int, to scores: UnsafeMutablePointer<Self>)

  /// See `fluke_account_products_f32` and `fluke_account_picks_f32` in TileKernel.h.
  static func account(
    _ run: fluke_run, _ unstored: UnstoredScores<Self>, parameters: UnsafePointer<Self>,
    facts: UnsafePointer<Self>, carry: UnsafeMutablePointer<Self>, totals: UnsafeMutablePointer<Double>)

  /// See `fluke_account_f32` in TileKernel.h.
  static func account(
    _ run: fluke_run, scores: UnsafePointer<Self>, parameters: UnsafePointer<Self>,
    facts: UnsafePointer<Self>, marks: UnsafePointer<Self>, carry: UnsafeMutablePointer<Self>,
    totals: UnsafeMutablePointer<Double>, nets: UnsafeMutablePointer<Double>?)

  /// See `fluke_find_facts_f32` in TileKernel.h.
  static func findFacts(count: Int, returns: UnsafePointer<Self>, facts: UnsafeMutablePointer<Self>)

  /// See `fluke_flip_f32` in TileKernel.h.
  static func flip(
    seed: UInt64, firstStrategy: Int, bars: Range<Int>, threshold: UInt64, scores: UnsafeMutablePointer<Self>)

  /// See `fluke_spread_signals_f32` in TileKernel.h.
  static func spreadSignals(
    longs: UnsafePointer<UInt64>, shorts: UnsafePointer<UInt64>?, bars: Int,
    scores: UnsafeMutablePointer<Self>)

  /// See `fluke_undefine_f32` in TileKernel.h.
  static func undefine(
    bars: Range<Int>, definedFrom: UnsafePointer<Int32>, scores: UnsafeMutablePointer<Self>)
}

extension Float: KernelScalar {
  public static func round(
    count: Int, _ column: UnsafePointer<Double>, to rounded: UnsafeMutablePointer<Float>
  ) -> Int {
    unsafe fluke_round_f32(count, column, rounded)
  }

  public static func multiplyTransposed(
    m: Int, n: Int, k: Int, a: UnsafePointer<Float>, strideOfA: Int, b: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>
  ) {
    unsafe cblas_sgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k), 1, a, Int32(strideOfA), b,
      Int32(n), 0, c, Int32(n))
  }

  public static func servesProducts(features: Int) -> Bool { fluke_serves_products(Int32(features)) != 0 }

  public static func servesPicks(added: UnsafePointer<Int>, subtracted: UnsafePointer<Int>?) -> Bool {
    unsafe fluke_serves_picks(added, subtracted) != 0
  }

  public static func store(
    _ unstored: UnstoredScores<Float>, bars: Int, to scores: UnsafeMutablePointer<Float>
  ) {
    guard case .products(let columns, let count, let weights) = unsafe unstored.making else {
      preconditionFailure("scores that are products")
    }
    var products = unsafe fluke_products(unstored, columns: columns, count: count, weights: weights)
    unsafe fluke_score_products_f32(&products, bars, scores)
  }

  public static func account(
    _ run: fluke_run, _ unstored: UnstoredScores<Float>, parameters: UnsafePointer<Float>,
    facts: UnsafePointer<Float>, carry: UnsafeMutablePointer<Float>, totals: UnsafeMutablePointer<Double>
  ) {
    var run = run
    switch unsafe unstored.making {
    case .products(let columns, let count, let weights):
      var products = unsafe fluke_products(unstored, columns: columns, count: count, weights: weights)
      unsafe fluke_account_products_f32(&run, &products, parameters, facts, carry, totals)
    case .picks(let added, let subtracted, let room):
      var picks = unsafe fluke_picks(
        features: unstored.features, added: added, subtracted: subtracted, room: room,
        defined_from: unstored.definedFrom, first_bar: unstored.firstBar)
      unsafe fluke_account_picks_f32(&run, &picks, parameters, facts, carry, totals)
    }
  }

  public static let mostFeaturesOfDifferences = Int(fluke_most_features_of_differences())

  public static func scoreDifferences(
    features: UnsafePointer<Float>, stride: Int, rows: UnsafePointer<Int32>, count: Int,
    added: UnsafePointer<Int32>, subtracted: UnsafePointer<Int32>, isPaired: Bool, bars: Int,
    scores: UnsafeMutablePointer<Float>
  ) {
    unsafe fluke_score_differences_f32(
      features, stride, rows, Int32(count), added, subtracted, isPaired ? 1 : 0, bars, scores)
  }

  public static func account(
    _ run: fluke_run, scores: UnsafePointer<Float>, parameters: UnsafePointer<Float>,
    facts: UnsafePointer<Float>, marks: UnsafePointer<Float>, carry: UnsafeMutablePointer<Float>,
    totals: UnsafeMutablePointer<Double>, nets: UnsafeMutablePointer<Double>?
  ) {
    var run = run
    unsafe fluke_account_f32(&run, scores, parameters, facts, marks, carry, totals, nets)
  }

  public static func findFacts(
    count: Int, returns: UnsafePointer<Float>, facts: UnsafeMutablePointer<Float>
  ) {
    unsafe fluke_find_facts_f32(count, returns, facts)
  }

  public static func flip(
    seed: UInt64, firstStrategy: Int, bars: Range<Int>, threshold: UInt64, scores: UnsafeMutablePointer<Float>
  ) {
    unsafe fluke_flip_f32(
      seed, RandomStream.Purpose.coinFlips.rawValue, UInt64(firstStrategy), bars.lowerBound, bars.count,
      threshold, scores)
  }

  public static func spreadSignals(
    longs: UnsafePointer<UInt64>, shorts: UnsafePointer<UInt64>?, bars: Int,
    scores: UnsafeMutablePointer<Float>
  ) {
    unsafe fluke_spread_signals_f32(longs, shorts, bars, scores)
  }

  public static func undefine(
    bars: Range<Int>, definedFrom: UnsafePointer<Int32>, scores: UnsafeMutablePointer<Float>
  ) {
    unsafe fluke_undefine_f32(bars.lowerBound, bars.count, definedFrom, scores)
  }
}

extension fluke_products {
  fileprivate init(
    _ unstored: UnstoredScores<Float>, columns: UnsafePointer<Int>, count: Int, weights: UnsafePointer<Float>
  ) {
    unsafe self.init(
      features: unstored.features, columns: columns, count: Int32(count), weights: weights,
      defined_from: unstored.definedFrom, first_bar: unstored.firstBar)
  }
}

extension Double: KernelScalar {
  public static func round(
    count: Int, _ column: UnsafePointer<Double>, to rounded: UnsafeMutablePointer<Double>
  ) -> Int {
    unsafe fluke_round_f64(count, column, rounded)
  }

  public static func multiplyTransposed(
    m: Int, n: Int, k: Int, a: UnsafePointer<Double>, strideOfA: Int, b: UnsafePointer<Double>,
    c: UnsafeMutablePointer<Double>
  ) {
    unsafe cblas_dgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k), 1, a, Int32(strideOfA), b,
      Int32(n), 0, c, Int32(n))
  }

  // Double precision is for checking, so it keeps to BLAS.

  public static func servesProducts(features: Int) -> Bool { false }

  public static func servesPicks(added: UnsafePointer<Int>, subtracted: UnsafePointer<Int>?) -> Bool { false }

  public static func store(
    _ unstored: UnstoredScores<Double>, bars: Int, to scores: UnsafeMutablePointer<Double>
  ) {
    preconditionFailure("there is no such kernel in double precision")
  }

  public static func account(
    _ run: fluke_run, _ unstored: UnstoredScores<Double>, parameters: UnsafePointer<Double>,
    facts: UnsafePointer<Double>, carry: UnsafeMutablePointer<Double>, totals: UnsafeMutablePointer<Double>
  ) {
    preconditionFailure("there is no such kernel in double precision")
  }

  public static let mostFeaturesOfDifferences = 0

  public static func scoreDifferences(
    features: UnsafePointer<Double>, stride: Int, rows: UnsafePointer<Int32>, count: Int,
    added: UnsafePointer<Int32>, subtracted: UnsafePointer<Int32>, isPaired: Bool, bars: Int,
    scores: UnsafeMutablePointer<Double>
  ) {
    preconditionFailure("there is no such kernel in double precision")
  }

  public static func account(
    _ run: fluke_run, scores: UnsafePointer<Double>, parameters: UnsafePointer<Double>,
    facts: UnsafePointer<Double>, marks: UnsafePointer<Double>, carry: UnsafeMutablePointer<Double>,
    totals: UnsafeMutablePointer<Double>, nets: UnsafeMutablePointer<Double>?
  ) {
    var run = run
    unsafe fluke_account_f64(&run, scores, parameters, facts, marks, carry, totals, nets)
  }

  public static func findFacts(
    count: Int, returns: UnsafePointer<Double>, facts: UnsafeMutablePointer<Double>
  ) {
    unsafe fluke_find_facts_f64(count, returns, facts)
  }

  public static func flip(
    seed: UInt64, firstStrategy: Int, bars: Range<Int>, threshold: UInt64,
    scores: UnsafeMutablePointer<Double>
  ) {
    unsafe fluke_flip_f64(
      seed, RandomStream.Purpose.coinFlips.rawValue, UInt64(firstStrategy), bars.lowerBound, bars.count,
      threshold, scores)
  }

  public static func spreadSignals(
    longs: UnsafePointer<UInt64>, shorts: UnsafePointer<UInt64>?, bars: Int,
    scores: UnsafeMutablePointer<Double>
  ) {
    unsafe fluke_spread_signals_f64(longs, shorts, bars, scores)
  }

  public static func undefine(
    bars: Range<Int>, definedFrom: UnsafePointer<Int32>, scores: UnsafeMutablePointer<Double>
  ) {
    unsafe fluke_undefine_f64(bars.lowerBound, bars.count, definedFrom, scores)
  }
}
