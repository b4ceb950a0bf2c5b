import Kernels

/// A figure of merit that is a function of sums over blocks, so that every union of blocks has it at once.
///
/// More is better. Undefined is NaN; it is counted, and ranks as the 0 that an account in cash earns.
public protocol SplitMetric: Sendable {
  /// The quantities it is made of.
  var quantities: [BlockQuantity] { get }
  /// The figure of eight strategies over a union of blocks.
  ///
  /// It must be a function of its arguments lane by lane, the same for every lane.
  ///
  /// - Parameters:
  ///   - bars: the bars of the union.
  ///   - sum: the sums over the union, by the index in ``quantities``.
  func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double>
}

/// A metric that comes with Fluke.
protocol BuiltInMetric: SplitMetric {
  /// What the split kernel knows it as; `nil` where it has to be evaluated here.
  var form: SplitForm? { get }
  /// Cross-validation by the reference. A requirement, so that each metric has code of its own, whatever module calls.
  func referenceOutcomes(
    _ shape: BlockSumsShape, threads: Int, forEachPart: (_ body: (BlockSums) -> Void) throws -> Void
  ) rethrows -> SplitOutcomes
}

extension BuiltInMetric {
  var form: SplitForm? { nil }

  func referenceOutcomes(
    _ shape: BlockSumsShape, threads: Int, forEachPart: (_ body: (BlockSums) -> Void) throws -> Void
  ) rethrows -> SplitOutcomes {
    try BlockCrossValidation(shape, metric: self).outcomes(threads: threads, forEachPart: forEachPart)
  }
}

extension SIMD8<Double> {
  /// These numbers, NaN where `isDefined` does not hold.
  @inline(__always)
  func defined(where isDefined: SIMDMask<MaskStorage>) -> Self {
    Self(repeating: .nan).replacing(with: self, where: isDefined)
  }

  /// These numbers, 0 in place of what is none: what an account in cash earns.
  @inline(__always)
  var orCash: Self { replacing(with: 0, where: self .!= self) }

  /// `function` of each of these numbers.
  @inline(__always)
  func mapped(_ function: (Double) -> Double) -> Self {
    var values = self
    for lane in 0..<values.scalarCount { values[lane] = function(values[lane]) }
    return values
  }
}
