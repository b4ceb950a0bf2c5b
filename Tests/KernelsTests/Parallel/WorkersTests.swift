import Kernels
import Testing

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
}
