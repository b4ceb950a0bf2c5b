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

  /// See `fluke_account_f32` in TileKernel.h.
  static func account(
    _ run: fluke_run, scores: UnsafePointer<Self>, parameters: UnsafePointer<Self>,
    returns: UnsafePointer<Self>, marks: UnsafePointer<Self>, carry: UnsafeMutablePointer<Self>,
    totals: UnsafeMutablePointer<Double>, nets: UnsafeMutablePointer<Double>?)

  /// See `fluke_flip_f32` in TileKernel.h.
  static func flip(
    seed: UInt64, firstStrategy: Int, bars: Range<Int>, threshold: UInt64, scores: UnsafeMutablePointer<Self>)

  /// See `fluke_undefine_f32` in TileKernel.h.
  static func undefine(
    bars: Range<Int>, definedFrom: UnsafePointer<Int32>, scores: UnsafeMutablePointer<Self>)
}

extension Float: KernelScalar {
  public static func multiplyTransposed(
    m: Int, n: Int, k: Int, a: UnsafePointer<Float>, strideOfA: Int, b: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>
  ) {
    unsafe cblas_sgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k), 1, a, Int32(strideOfA), b,
      Int32(n), 0, c, Int32(n))
  }

  public static func account(
    _ run: fluke_run, scores: UnsafePointer<Float>, parameters: UnsafePointer<Float>,
    returns: UnsafePointer<Float>, marks: UnsafePointer<Float>, carry: UnsafeMutablePointer<Float>,
    totals: UnsafeMutablePointer<Double>, nets: UnsafeMutablePointer<Double>?
  ) {
    var run = run
    unsafe fluke_account_f32(&run, scores, parameters, returns, marks, carry, totals, nets)
  }

  public static func flip(
    seed: UInt64, firstStrategy: Int, bars: Range<Int>, threshold: UInt64, scores: UnsafeMutablePointer<Float>
  ) {
    unsafe fluke_flip_f32(
      seed, RandomStream.Purpose.coinFlips.rawValue, UInt64(firstStrategy), bars.lowerBound, bars.count,
      threshold, scores)
  }

  public static func undefine(
    bars: Range<Int>, definedFrom: UnsafePointer<Int32>, scores: UnsafeMutablePointer<Float>
  ) {
    unsafe fluke_undefine_f32(bars.lowerBound, bars.count, definedFrom, scores)
  }
}

extension Double: KernelScalar {
  public static func multiplyTransposed(
    m: Int, n: Int, k: Int, a: UnsafePointer<Double>, strideOfA: Int, b: UnsafePointer<Double>,
    c: UnsafeMutablePointer<Double>
  ) {
    unsafe cblas_dgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k), 1, a, Int32(strideOfA), b,
      Int32(n), 0, c, Int32(n))
  }

  public static func account(
    _ run: fluke_run, scores: UnsafePointer<Double>, parameters: UnsafePointer<Double>,
    returns: UnsafePointer<Double>, marks: UnsafePointer<Double>, carry: UnsafeMutablePointer<Double>,
    totals: UnsafeMutablePointer<Double>, nets: UnsafeMutablePointer<Double>?
  ) {
    var run = run
    unsafe fluke_account_f64(&run, scores, parameters, returns, marks, carry, totals, nets)
  }

  public static func flip(
    seed: UInt64, firstStrategy: Int, bars: Range<Int>, threshold: UInt64,
    scores: UnsafeMutablePointer<Double>
  ) {
    unsafe fluke_flip_f64(
      seed, RandomStream.Purpose.coinFlips.rawValue, UInt64(firstStrategy), bars.lowerBound, bars.count,
      threshold, scores)
  }

  public static func undefine(
    bars: Range<Int>, definedFrom: UnsafePointer<Int32>, scores: UnsafeMutablePointer<Double>
  ) {
    unsafe fluke_undefine_f64(bars.lowerBound, bars.count, definedFrom, scores)
  }
}
