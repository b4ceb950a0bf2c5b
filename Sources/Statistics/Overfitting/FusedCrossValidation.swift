import Kernels

/// Which code takes the splits through the strategies.
public enum CrossValidationKernel: String, CaseIterable, Sendable {
  /// The fast one, for the metrics it knows; they have the same bits by the reference.
  case fused
  /// The specification, several times slower, for any metric.
  case reference
}

/// Cross-validation by the split kernel: a worker takes a stretch of unions and its mirror image, so that the two
/// sides of each split meet.
struct FusedCrossValidation {
  private let kernel: SplitKernel
  private let unions: [SplitUnion]

  /// Pairs of a union and its complement that are taken through the strategies at a time. Tabulating is then little beside
  /// evaluating, and what is kept of 4,096 unions, 600 KiB, stays in a second-level cache.
  private static let mostPairs = 2_048

  init(sums: BlockSums, form: SplitForm) {
    kernel = SplitKernel(form: form, blocks: sums.blocks, strategies: sums.strategies, sums: sums.values)
    unions = BlockUnions.halves(of: sums)
  }

  /// The outcome of every split, in the order of their unions.
  func outcomes(threads: Int) -> [SplitOutcome] {
    let pairs = unions.count / 2
    // Shared out evenly; where the cuts are changes no outcome.
    let items = ((pairs + Self.mostPairs - 1) / Self.mostPairs + threads - 1) / threads * threads
    return DisjointSlots.fill(count: unions.count, repeating: .empty) { slots in
      Workers.forEach(items: items, threads: threads, makeState: { SplitWorkspace() }) { workspace, item in
        let first = pairs * item / items..<pairs * (item + 1) / items
        guard !first.isEmpty else { return }
        let second = unions.count - first.upperBound..<unions.count - first.lowerBound
        let both = Array(unions[first] + unions[second])
        kernel.account(both, in: &workspace) { index, standing in
          let place = index < first.count ? first.lowerBound + index : second.lowerBound + index - first.count
          slots.write(SplitOutcome(inSampleBlocks: both[index].blocks, standing), at: place)
        }
      }
    }
  }
}

extension SplitOutcome {
  /// What holds a place until the outcome is known.
  static let empty = SplitOutcome(
    inSampleBlocks: 0, selected: 0, inSample: .nan, outOfSample: .nan, worseOutOfSample: 0,
    equalOutOfSample: 0, meanOutOfSample: .nan, undefinedOutOfSample: 0)

  fileprivate init(inSampleBlocks: UInt32, _ standing: SplitStanding) {
    self.init(
      inSampleBlocks: inSampleBlocks, selected: standing.selected, inSample: standing.inSample,
      outOfSample: standing.outOfSample, worseOutOfSample: standing.worse, equalOutOfSample: standing.equal,
      meanOutOfSample: standing.mean, undefinedOutOfSample: standing.undefined)
  }
}
