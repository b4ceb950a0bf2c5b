import Kernels

/// Strategies over which the largest values are kept beside those over all of them, in the same look: what tells of one
/// strategy how much better it is than those below it, and how luck grows with the number of strategies.
public enum SnoopingSubset: Hashable, CaseIterable, Sendable {
  /// Those whose statistic √T·x̄/ω is at or below this, centred as ``NullStatistic/consistent``.
  case upTo(Double)
  /// One in 2ʰ, drawn by number once and for all so that each is among those of fewer halvings h, centred as
  /// ``NullStatistic/upper``.
  case halved(Int)

  /// Steps from where the best of a thousand begin to be told apart, to where next to nothing is reached by luck; and
  /// every other halving down to what a sample of strategies that is kept whole can show.
  public static let allCases: [SnoopingSubset] =
    (4...16).map { .upTo(Double($0) / 4) } + [1, 3, 5, 7].map { .halved($0) }

  /// Whether a strategy is one of them.
  func contains(_ mean: MeanReturn, number: Int) -> Bool {
    switch self {
    case .upTo(let bound): mean.statistic <= bound
    case .halved(let times): Self.halvings(of: number) >= times
    }
  }

  /// The most halvings after which the strategy of this number is still there: h or more with the chance 2⁻ʰ.
  static func halvings(of number: Int) -> Int {
    // The lower half of the indices is for places in a sample.
    var random = RandomStream(seed: 0, purpose: .sample, index: 1 << 63 | UInt64(number))
    return random.next().leadingZeroBitCount
  }

  /// Of the subsets of one kind each holds the one before it, and all strategies the last: what one has beyond the one
  /// before it is a layer, and every strategy lies in one layer of each kind. So the best of a subset is the best of the
  /// layers up to it, and a strategy need not be compared with the best of each subset that it is in.
  struct Layers {
    /// What is kept of them.
    let null: NullStatistic
    /// Their places in ``SnoopingSubset/allCases``, the smallest first.
    let subsets: [Int]

    /// Those of both kinds.
    static let all = [
      Layers(.consistent) { if case .upTo = $0 { true } else { false } },
      Layers(.upper) { if case .halved = $0 { true } else { false } },
    ]

    private init(_ null: NullStatistic, where isOfKind: (SnoopingSubset) -> Bool) {
      self.null = null
      let places = allCases.indices.filter { isOfKind(allCases[$0]) }
      // Fewer are left the more often they are halved.
      subsets = null == .upper ? places.reversed() : places
    }

    /// A row for each layer; that of the strategies which are in no subset is the last.
    ///
    /// - Parameter firstStrategy: the number in the whole of the first strategy that is looked at.
    func rows(firstStrategy: Int) -> MaximaRows {
      MaximaRows(null, count: subsets.count + 1) { number, mean in
        subsets.firstIndex { allCases[$0].contains(mean, number: firstStrategy + number) } ?? subsets.count
      }
    }
  }
}

/// The largest value over some strategies, for each resample.
public struct SubsetMaxima: Equatable, Sendable {
  /// Which strategies.
  public let subset: SnoopingSubset
  /// How many of them take part: those with variance.
  public let strategies: Int
  /// By resample; -∞ without any strategy.
  public let maxima: [Double]

  /// See the properties of the same names.
  public init(_ subset: SnoopingSubset, strategies: Int, maxima: [Double]) {
    self.subset = subset
    self.strategies = strategies
    self.maxima = maxima
  }

  /// The maxima over those of the strategies with `means` that belong to the subset.
  ///
  /// - Parameter firstStrategy: the number in the whole sweep of the strategy that `means` begins with.
  public init(_ subset: SnoopingSubset, means: [MeanReturn], firstStrategy: Int, maxima: [Double]) {
    let strategies = means.indices.count {
      means[$0].hasVariance && subset.contains(means[$0], number: firstStrategy + $0)
    }
    self.init(subset, strategies: strategies, maxima: maxima)
  }

  /// The maxima over those of both.
  func merged(with other: SubsetMaxima) -> SubsetMaxima {
    SubsetMaxima(
      subset, strategies: strategies + other.strategies, maxima: zip(maxima, other.maxima).map { max($0, $1) }
    )
  }
}
