import Stores
import Testing

@Suite struct InterruptionTests {
  @Test func throwsOnceRequested() async throws {
    let interruption = Interruption()
    try interruption.check()
    #expect(!interruption.isRequested)
    await Task { interruption.request() }.value
    #expect(interruption.isRequested)
    #expect(throws: Interrupted()) { try interruption.check() }
  }
}
