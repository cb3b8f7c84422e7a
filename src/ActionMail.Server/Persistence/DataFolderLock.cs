using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Persistence;

/// <summary>
/// One process to a data folder: the second would answer from memory that the first has made stale. The system lets go of the file when its process ends,
/// however it ends, so what a crash leaves behind locks nobody out. Security R-24.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private const string FileName = "server.lock";

    private readonly FileStream _held;

    public DataFolderLock(IOptions<ServerOptions> options)
    {
        var folder = PrivateFile.Folder(options.Value.DataFolder);
        try
        {
            _held = new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new StartupException($"Another ActionMail runs on the data folder {folder}. Stop it, or name another folder (ACTIONMAIL_DATA). ({error.Message})");
        }
    }

    public void Dispose() => _held.Dispose();
}
