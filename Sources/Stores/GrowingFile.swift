/// A file that grows by pieces and outlives the process that makes it, to be continued by another.
///
/// Each piece is written with one call, so a process that is killed leaves at most its last piece torn; whoever
/// continues tells by the content what is whole, and cuts the rest off. As with ``AtomicFile`` nothing is flushed to
/// the disk: a power failure may lose pieces, a failing program may not.
public struct GrowingFile: Sendable {
  /// Where it is.
  public let path: String

  /// The file at `path`, which need not exist.
  public init(path: String) {
    self.path = path
  }

  /// The content in chunks, empty at the end; `nil` where there is no file.
  ///
  /// - Throws: ``StoreError/cannotOpen(path:_:)``.
  public func reader() throws(StoreError) -> FileReader? {
    do throws(StoreError) {
      return try FileReader(ordinaryFile: path)
    } catch {
      if case .cannotOpen(_, let cause) = error, cause.isMissing { return nil }
      throw error
    }
  }

  /// Opens the file for pieces to come after its first `size` bytes, and cuts off what comes after these; makes it, and
  /// the folders above it, where there is none.
  ///
  /// - Throws: ``StoreError/cannotCreate(path:_:)``.
  public func opened(keeping size: Int) throws(StoreError) -> Writer {
    if let slash = path.lastIndex(of: "/") { try AtomicFile.makeFolders(String(path[..<slash])) }
    do throws(SystemError) {
      // A pipe would wait for whoever reads it, and has no content to go on behind.
      if case .other? = try? SystemFile.kind(path: path) { throw .notOrdinary }
      let file = try SystemFile.openGrowing(path: path)
      try file.truncate(to: size)
      return Writer(path: path, file: file)
    } catch {
      throw .cannotCreate(path: path, error)
    }
  }

  /// Removes the file; nothing happens where there is none.
  ///
  /// - Throws: ``StoreError/inputOutput(path:_:)``.
  public func remove() throws(StoreError) {
    do { try SystemFile.remove(path: path) } catch {
      if !error.isMissing { throw .inputOutput(path: path, error) }
    }
  }

  /// The open end of the file.
  public final class Writer: Sendable {
    private let path: String
    private let file: SystemFile

    init(path: String, file: consuming SystemFile) {
      self.path = path
      self.file = file
    }

    /// Appends a piece.
    ///
    /// - Throws: ``StoreError/inputOutput(path:_:)``.
    public func append(_ bytes: [UInt8]) throws(StoreError) {
      do { try file.write(bytes) } catch { throw .inputOutput(path: path, error) }
    }
  }
}
