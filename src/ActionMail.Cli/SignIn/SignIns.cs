using System.Text.Json;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.SignIn;

/// <summary>An access token and whose it is.</summary>
internal sealed record PersonalToken(string Token, string Address, DateTimeOffset? ExpiresAt);

/// <summary>
/// The sign-ins of whoever uses this machine's account, one for each platform, in a file of the configuration folder that nobody else can read. Whoever has a token is the
/// person to the platform until it expires or is taken back.
/// </summary>
/// <param name="Current">The platform that was signed in to last.</param>
/// <param name="Platforms">By the platform's address.</param>
internal sealed record SignIns(string? Current, IReadOnlyDictionary<string, PersonalToken> Platforms)
{
    private const string FileName = "sign-ins.json";

    private static readonly SignIns None = new(null, new Dictionary<string, PersonalToken>());

    private static string Folder => PlatformAddress.Variable(PlatformAddress.ConfigVariable)
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "actionmail");

    private static string File => Path.Combine(Folder, FileName);

    public static bool TryRead(out SignIns signIns, out string problem)
    {
        (signIns, problem) = (None, "");
        if (!System.IO.File.Exists(File))
            return true;
        if (!InputFile.TryReadText(File, out var text, out problem))
            return false;
        try
        {
            signIns = JsonSerializer.Deserialize<SignIns>(text, Printing.Json) is { Platforms: not null } read ? read : None;
            return true;
        }
        catch (JsonException)
        {
            problem = $"{File} cannot be read; delete it and sign in again.";
            return false;
        }
    }

    public PersonalToken? Of(Uri platform) => Platforms.GetValueOrDefault(platform.AbsoluteUri);

    public SignIns With(Uri platform, PersonalToken token) =>
        new(platform.AbsoluteUri, new Dictionary<string, PersonalToken>(Platforms) { [platform.AbsoluteUri] = token });

    public SignIns Without(Uri platform)
    {
        var left = Platforms.Where(each => each.Key != platform.AbsoluteUri).ToDictionary();
        return new(Current == platform.AbsoluteUri ? left.Keys.FirstOrDefault() : Current, left);
    }

    /// <summary>Writes the file whole or not at all, for its owner alone from the first byte.</summary>
    public bool TryWrite(out string problem)
    {
        problem = "";
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(Folder);
            else
                Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var neighbour = $"{File}.{Environment.ProcessId}.new";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(neighbour, options))
                JsonSerializer.Serialize(stream, this, Printing.Json);
            System.IO.File.Move(neighbour, File, overwrite: true);
            return true;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            problem = $"The sign-in cannot be kept in {Folder} ({broken.Message.TrimEnd('.')}); set {PlatformAddress.ConfigVariable} to a folder that can be written.";
            return false;
        }
    }
}
