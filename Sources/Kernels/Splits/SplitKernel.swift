import CSplitKernel

/// Half of the blocks of a cross-validation.
public struct SplitUnion: Equatable, Sendable {
  /// Bit b stands for block b.
  public var blocks: UInt32
  /// The bars of these blocks.
  public var bars: Int

  /// See the properties of the same names.
  public init(blocks: UInt32, bars: Int) {
    self.blocks = blocks
    self.bars = bars
  }
}

/// The best strategy over a union, and how it stands among all on the complement of it.
public struct SplitStanding: Equatable, Sendable {
  /// The best over the union, of equals the first.
  public let selected: Int
  /// Its value over the union; 0 where that is undefined.
  public let inSample: Double
  /// Its value on the complement; 0 where that is undefined.
  public let outOfSample: Double
  /// Whether it has a value on either.
  public let isDefined: Bool
  /// The strategies that do worse on the complement.
  public let worse: Int
  /// The strategies that do the same there but for rounding, the selected one included.
  public let equal: Int
  /// The mean of all on the complement, with 0 for those without a value.
  public let mean: Double
  /// The strategies without a value on the complement.
  public let undefined: Int
}

/// The fast path of cross-validation: many strategies, in parts, over unions of blocks.
///
/// A wrapper of the C kernel; `BlockCrossValidation` in Statistics is its specification, and gives the same bits. Unions
/// are taken through all parts in order by ``findBest(of:with:)``, then, after ``settle(strategies:_:)``, again by
/// ``rank(_:with:)``; what is known of them in between is their ``SplitProgress``.
public struct SplitKernel: Sendable {
  /// The strategies that stand side by side.
  public static let lanes = Int(FLUKE_SPLIT_LANES)

  /// What is made of the sums.
  public let form: SplitForm
  /// S, even.
  public let blocks: Int

  public init(form: SplitForm, blocks: Int) {
    precondition(blocks >= 2 && blocks <= 32 && blocks % 2 == 0, "an even number of blocks")
    self.form = form
    self.blocks = blocks
  }

  /// Strategies that stand side by side.
  public struct Part: Sendable {
    /// The number of the first one, a multiple of ``SplitKernel/lanes``.
    public let first: Int
    /// How many there are: a multiple of ``SplitKernel/lanes``, but in the last part.
    public let count: Int
    /// By group of ``SplitKernel/lanes`` strategies, then by the form's quantities, then by block, then by strategy; the
    /// last group is padded.
    public let sums: [Double]

    /// See the properties of the same names.
    public init(first: Int, count: Int, sums: [Double]) {
      precondition(first >= 0 && first % SplitKernel.lanes == 0, "whole groups before it")
      precondition(first + count <= Int(UInt32.max), "strategies have numbers of 32 bits")
      self.first = first
      self.count = count
      self.sums = sums
    }
  }

  /// The first look: the best strategy of every union so far.
  public func findBest(of part: Part, with progress: inout SplitProgress) {
    unsafe look(at: part, with: &progress) { unsafe fluke_split_best(&$0) }
  }

  /// Between the looks.
  ///
  /// - Parameter strategies: of all parts.
  public func settle(strategies: Int, _ progress: inout SplitProgress) {
    progress.settle(strategies: strategies, self)
  }

  /// The second look: how many strategies do worse than the best of a union on its complement, or the same.
  public func rank(_ part: Part, with progress: inout SplitProgress) {
    unsafe look(at: part, with: &progress) { unsafe fluke_split_rank(&$0) }
  }

  private func look(
    at part: Part, with progress: inout SplitProgress, _ call: (inout fluke_split_run) -> Void
  ) {
    let groups = (part.count + Self.lanes - 1) / Self.lanes
    precondition(part.sums.count == groups * form.quantities * blocks * Self.lanes, "sums of this form")
    unsafe part.sums.withUnsafeBufferPointer { sums in
      var run = unsafe progress.run(self)
      unsafe run.first = part.first
      unsafe run.strategies = part.count
      unsafe run.sums = sums.baseAddress
      unsafe call(&run)
    }
  }
}
