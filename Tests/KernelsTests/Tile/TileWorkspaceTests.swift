import Testing

@testable import Kernels

/// Which blocks are scored how, and that nothing of one block is left for the next.
@Suite struct TileWorkspaceTests {
  static let bars = 301
  static let featureCount = 72
  static let source = ScoreSource<Float>.product(
    FeatureMatrix(columns: (0..<featureCount).map(column), bars: bars))

  /// Some values, undefined on a few bars at the start.
  private static func column(_ feature: Int) -> [Double] {
    (0..<bars).map { bar in
      let remainder = (bar * 31 + feature * 17) % 101
      return bar < feature / 8 ? .nan : Double(remainder - 50) / 64
    }
  }

  static var hasOwnKernels: Bool { ProcessorLevel.current.number == 4 }

  /// Strategies in a patch of 8 × 8, some that share features, and sums of 3, 20 and 65 features.
  enum Kind: CaseIterable {
    case patch, shared, several, many, most, all

    var block: StrategyBlock {
      var block = StrategyBlock(featureCount: featureCount)
      for strategy in 0..<50 {
        block.append(PositionRule(entry: 0.1, exit: 0, direction: .long))
        switch self {
        case .patch:
          block.weigh(feature: strategy / 8, by: 1)
          block.weigh(feature: 20 + strategy % 8, by: -1)
        case .shared: block.weigh(feature: strategy / 20, by: 1)
        case .several: block.weigh(feature: strategy % 5, by: 1)
        case .many: for feature in 0..<3 { block.weigh(feature: feature + strategy % 2, by: 0.5) }
        case .most: for feature in 0..<20 { block.weigh(feature: feature + strategy % 2, by: 0.25) }
        case .all: for feature in 0..<65 { block.weigh(feature: feature + strategy % 2, by: 0.125) }
        }
      }
      return block
    }
  }

  @Test(.enabled(if: hasOwnKernels), arguments: Kind.allCases) func scoring(kind: Kind) {
    var workspace = TileWorkspace<Float>()
    workspace.load(kind.block, from: Self.source, barsPerTile: 64)
    let found = workspace.scoring
    switch (kind, found) {
    case (.patch, .picks(arePaired: true)), (.shared, .picks(arePaired: false)), (.several, .differences),
      (.many, .matrix), (.most, .products(features: 24)), (.all, .matrix):
      break
    default: Issue.record("\(kind) by \(found)")
    }
  }

  @Test func oneWorkspaceForAllKinds() {
    let earned = (0..<Self.bars).map { Double($0 % 13 - 6) / 64 }
    let kernel = FusedKernel<Float>(
      source: Self.source, direction: .long, hasStops: false,
      returns: BarReturns(earned: earned, known: earned),
      cost: 0, timeline: Timeline(segments: [Segment(name: "all", bars: 0..<Self.bars)]))
    func tallies(_ kind: Kind, in workspace: inout TileWorkspace<Float>) -> [Tally] {
      var tallies = Array(repeating: Tally(), count: StrategyBlock.lanes)
      kernel.account(kind.block, in: &workspace, into: &tallies)
      return tallies
    }
    var shared = TileWorkspace<Float>()
    for first in Kind.allCases {
      for second in Kind.allCases {
        _ = tallies(first, in: &shared)
        var own = TileWorkspace<Float>()
        let expected = tallies(second, in: &own)
        #expect(tallies(second, in: &shared) == expected, "\(second) after \(first)")
        #expect(expected.contains { $0.barsInMarket > 0 })
      }
    }
  }
}
