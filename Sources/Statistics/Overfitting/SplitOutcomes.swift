/// What every split showed, in ascending order of the blocks in sample read as a number.
///
/// With many blocks there are millions of them, so each figure has a column of its own: of as many bytes as it takes, and
/// of none where it is the same in all. Which blocks are in sample follows from the place.
public struct SplitOutcomes: Equatable, Sendable {
  /// S.
  private let blocks: Int
  private var selected: Counts
  private var worse: Counts
  private var equal: Counts
  private var undefinedOutOfSample: Counts
  /// 1 where the selected strategy has a metric on both sides, else 0.
  private var isDefined: Counts
  /// ``SplitOutcome/inSample`` of each.
  public private(set) var inSample: [Double]
  /// ``SplitOutcome/outOfSample`` of each.
  public private(set) var outOfSample: [Double]
  /// ``SplitOutcome/meanOutOfSample`` of each.
  public private(set) var meanOutOfSample: [Double]

  /// Room for the splits of so many blocks, of which nothing is known yet.
  init(blocks: Int) {
    let count = BlockUnions.count(blocks: blocks)
    self.blocks = blocks
    selected = Counts(0, count: count)
    worse = selected
    equal = Counts(1, count: count)
    undefinedOutOfSample = selected
    isDefined = equal
    inSample = Array(repeating: .nan, count: count)
    outOfSample = inSample
    meanOutOfSample = inSample
  }

  /// The splits whose selected strategy did no better outside than the median of so many.
  func overfit(strategies: Int) -> Int {
    indices.count {
      SplitOutcome.isOverfit(worse: worse[$0], equal: equal[$0], strategies: strategies)
    }
  }

  /// The logit of each split among so many strategies.
  public func logits(strategies: Int) -> some RandomAccessCollection<Double> {
    indices.lazy.map {
      SplitOutcome.logit(
        rank: SplitOutcome.rank(worse: worse[$0], equal: equal[$0]), strategies: strategies)
    }
  }

  /// How often a strategy's metric was undefined out of sample, over all splits.
  var undefined: Int { indices.reduce(0) { $0 + undefinedOutOfSample[$1] } }

  /// The splits whose selected strategy has no metric on one of its sides.
  var undefinedSelections: Int { indices.count { isDefined[$0] == 0 } }
}

extension SplitOutcomes: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { inSample.count }

  /// What a split showed; which blocks are in sample is not to be changed.
  public internal(set) subscript(split: Int) -> SplitOutcome {
    get {
      SplitOutcome(
        inSampleBlocks: BlockUnions.union(at: split, blocks: blocks), selected: selected[split],
        inSample: inSample[split], outOfSample: outOfSample[split], isDefined: isDefined[split] == 1,
        worseOutOfSample: worse[split], equalOutOfSample: equal[split],
        meanOutOfSample: meanOutOfSample[split], undefinedOutOfSample: undefinedOutOfSample[split])
    }
    set {
      selected[split] = newValue.selected
      worse[split] = newValue.worseOutOfSample
      equal[split] = newValue.equalOutOfSample
      undefinedOutOfSample[split] = newValue.undefinedOutOfSample
      isDefined[split] = newValue.isDefined ? 1 : 0
      inSample[split] = newValue.inSample
      outOfSample[split] = newValue.outOfSample
      meanOutOfSample[split] = newValue.meanOutOfSample
    }
  }
}

/// Whole numbers, a split each, in as few bytes as they take: none as long as all are the same, two below 65,536.
private struct Counts: Equatable, Sendable {
  private let usual: Int
  private let count: Int
  private var narrow: [UInt16] = []
  private var wide: [UInt32] = []

  init(_ usual: Int, count: Int) {
    self.usual = usual
    self.count = count
  }

  subscript(place: Int) -> Int {
    get { !narrow.isEmpty ? Int(narrow[place]) : !wide.isEmpty ? Int(wide[place]) : usual }
    set {
      if !wide.isEmpty {
        wide[place] = UInt32(newValue)
        return
      }
      if narrow.isEmpty {
        if newValue == usual { return }
        narrow = Array(repeating: UInt16(usual), count: count)
      }
      if let value = UInt16(exactly: newValue) {
        narrow[place] = value
        return
      }
      wide = narrow.map { UInt32($0) }
      narrow = []
      wide[place] = UInt32(newValue)
    }
  }

  static func == (one: Counts, other: Counts) -> Bool {
    one.count == other.count && (0..<one.count).allSatisfy { one[$0] == other[$0] }
  }
}
