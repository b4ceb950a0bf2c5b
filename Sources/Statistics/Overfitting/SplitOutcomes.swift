/// What every split showed, in ascending order of the blocks in sample read as a number.
///
/// With many blocks there are millions of them, so each figure has a column of its own: of as many bytes as it takes, and
/// of none where it is the same in all. Which blocks are in sample follows from the place.
public struct SplitOutcomes: Equatable, Sendable {
  /// S.
  private let blocks: Int
  // Half of what numbers of strategies could take.
  private var selected: [UInt32]
  private var worse: [UInt32]
  private var equal: UsualColumn<UInt32>
  private var undefinedOutOfSample: UsualColumn<UInt32>
  private var isDefined: UsualColumn<Bool>
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
    selected = Array(repeating: 0, count: count)
    worse = selected
    equal = UsualColumn(1, count: count)
    undefinedOutOfSample = UsualColumn(0, count: count)
    isDefined = UsualColumn(true, count: count)
    inSample = Array(repeating: .nan, count: count)
    outOfSample = inSample
    meanOutOfSample = inSample
  }

  /// The splits whose selected strategy did no better outside than the median of so many.
  func overfit(strategies: Int) -> Int {
    indices.count {
      SplitOutcome.isOverfit(worse: Int(worse[$0]), equal: Int(equal[$0]), strategies: strategies)
    }
  }

  /// The logit of each split among so many strategies.
  public func logits(strategies: Int) -> some RandomAccessCollection<Double> {
    indices.lazy.map {
      SplitOutcome.logit(
        rank: SplitOutcome.rank(worse: Int(worse[$0]), equal: Int(equal[$0])), strategies: strategies)
    }
  }

  /// How often a strategy's metric was undefined out of sample, over all splits.
  var undefined: Int { undefinedOutOfSample.unusual.reduce(0) { $0 + Int($1) } }

  /// The splits whose selected strategy has no metric on one of its sides.
  var undefinedSelections: Int { isDefined.unusual.count { !$0 } }
}

extension SplitOutcomes: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { selected.count }

  /// What a split showed; which blocks are in sample is not to be changed.
  public internal(set) subscript(split: Int) -> SplitOutcome {
    get {
      SplitOutcome(
        inSampleBlocks: BlockUnions.union(at: split, blocks: blocks), selected: Int(selected[split]),
        inSample: inSample[split], outOfSample: outOfSample[split], isDefined: isDefined[split],
        worseOutOfSample: Int(worse[split]), equalOutOfSample: Int(equal[split]),
        meanOutOfSample: meanOutOfSample[split], undefinedOutOfSample: Int(undefinedOutOfSample[split]))
    }
    set {
      selected[split] = UInt32(newValue.selected)
      worse[split] = UInt32(newValue.worseOutOfSample)
      equal[split] = UInt32(newValue.equalOutOfSample)
      undefinedOutOfSample[split] = UInt32(newValue.undefinedOutOfSample)
      isDefined[split] = newValue.isDefined
      inSample[split] = newValue.inSample
      outOfSample[split] = newValue.outOfSample
      meanOutOfSample[split] = newValue.meanOutOfSample
    }
  }
}

/// A column that takes no memory as long as it holds one value alone.
private struct UsualColumn<Value: Equatable & Sendable>: Equatable, Sendable {
  private let usual: Value
  private let count: Int
  /// All values if one of them differs, and otherwise none.
  private(set) var unusual: [Value] = []

  init(_ usual: Value, count: Int) {
    self.usual = usual
    self.count = count
  }

  subscript(place: Int) -> Value {
    get { unusual.isEmpty ? usual : unusual[place] }
    set {
      if unusual.isEmpty {
        if newValue == usual { return }
        unusual = Array(repeating: usual, count: count)
      }
      unusual[place] = newValue
    }
  }
}
