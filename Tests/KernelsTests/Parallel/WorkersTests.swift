import Synchronization
import Testing

@testable import Kernels

@Suite("Workers and slots")
struct WorkersTests {
  @Test("every item is done once, on any number of threads", arguments: [1, 2, 3, 16], [0, 1, 7, 1_000])
  func everyItemOnce(threads: Int, items: Int) {
    let done = DisjointSlots.fill(count: items, repeating: 0) { slots in
      Workers.forEach(items: items, threads: threads) {
        false
      } makeState: {
        0
      } body: { _, item in
        slots.write(item * item, at: item)
      }
    }
    #expect(done == (0..<items).map { $0 * $0 })
  }

  @Test("a cancelled run begins no further item")
  func cancelled() {
    let done = DisjointSlots.fill(count: 10, repeating: false) { slots in
      Workers.forEach(items: 10, threads: 2) {
        true
      } makeState: {
        0
      } body: { _, item in
        slots.write(true, at: item)
      }
    }
    #expect(!done.contains(true))
  }

  @Test("what is made is taken in order", arguments: [1, 2, 3, 16], [0, 1, 7, 8, 9, 1_000])
  func inOrder(threads: Int, items: Int) {
    var taken: [Int] = []
    Workers.inOrder(items: items, threads: threads) {
      0
    } make: { made, item in
      made += 1
      return item * item
    } take: {
      taken.append($0)
    }
    #expect(taken == (0..<items).map { $0 * $0 })
  }

  @Test("nothing further is taken after a failure, and few are made", arguments: [1, 2, 3])
  func inOrderUntilAFailure(threads: Int) {
    struct Full: Error {}
    let made = Mutex(0)
    var taken = 0
    #expect(throws: Full.self) {
      try Workers.inOrder(items: 10_000, threads: threads) {
        0
      } make: { _, item in
        made.withLock { $0 += 1 }
        return item
      } take: {
        if $0 == 5 { throw Full() }
        taken += 1
      }
    }
    #expect(taken == 5)
    #expect(made.withLock { $0 } < 100)
  }

  @Test("items in order are made of items in order", arguments: [1, 2, 3])
  func inOrderWithinItems(threads: Int) {
    var taken: [Int] = []
    Workers.inOrder(items: 20, threads: threads) {
    } make: { _, item in
      var sum = 0
      Workers.inOrder(items: 20, threads: threads) {
      } make: { _, inner in
        item * inner
      } take: { (product: Int) in
        sum += product
      }
      return sum
    } take: {
      taken.append($0)
    }
    #expect(taken == (0..<20).map { 190 * $0 })
  }

  @Test("two things are both done", arguments: [1, 2, 3])
  func both(threads: Int) {
    let (sum, text) = Workers.both(threads: threads) {
      (1...100).reduce(0, +)
    } _: {
      let squares = DisjointSlots.fill(count: 10, repeating: 0) { slots in
        Workers.forEach(items: 10, threads: threads, makeState: {}) { _, item in
          slots.write(item * item, at: item)
        }
      }
      return "\(squares)"
    }
    #expect(sum == 5_050)
    #expect(text == "[0, 1, 4, 9, 16, 25, 36, 49, 64, 81]")
  }

  @Test("the first of two things has ended, or is never begun, when the second fails", arguments: [1, 2, 3])
  func bothWithAFailure(threads: Int) {
    struct Full: Error {}
    let begun = Mutex(0)
    let ended = Mutex(0)
    for _ in 0..<100 {
      #expect(throws: Full.self) {
        try Workers.both(threads: threads) {
          begun.withLock { $0 += 1 }
          // Long enough that the other has thrown long before.
          let sum = (1...100_000).reduce(0, &+)
          ended.withLock { $0 += sum > 0 ? 1 : 0 }
        } _: {
          throw Full()
        }
      }
      #expect(begun.withLock { $0 } == ended.withLock { $0 })
    }
  }

  @Test("two things within two things are all done, with more of them than threads")
  func bothWithinBoth() {
    @Sendable func sum(_ range: Range<Int>) -> Int {
      guard range.count > 1 else { return range.first ?? 0 }
      let middle = (range.lowerBound + range.upperBound) / 2
      let (low, high) = Workers.both(threads: 2) {
        sum(range.lowerBound..<middle)
      } _: {
        sum(middle..<range.upperBound)
      }
      return low + high
    }
    #expect(sum(0..<1_000) == 499_500)
  }

  @Test("few are made ahead", arguments: [1, 2, 3])
  func inOrderAhead(threads: Int) {
    let made = Mutex(0)
    var most = 0
    var taken = 0
    Workers.inOrder(items: 500, threads: threads) {
    } make: { _, item in
      made.withLock { $0 += 1 }
      return item
    } take: { (_: Int) in
      taken += 1
      most = max(most, made.withLock { $0 } - taken)
    }
    #expect(taken == 500)
    #expect(most < threads * Workers.itemsAhead)
  }
}
