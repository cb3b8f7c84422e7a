using ActionMail.Server.Accounts.Devices;
using ActionMail.Server.Accounts.Local;
using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Accounts.Pages;

/// <summary>Where a person types the code that a program shows, sees what asks and from where, and says yes or no. RFC 8628 §3.3.</summary>
internal sealed class DeviceModel(AddressBook addresses, DeviceCodes codes, SignInThrottle throttle) : AccountPage(addresses)
{
    // RFC 8628 §5.1: a code is short, so it may not be guessed at.
    private const int MostAttempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    public string Code { get; private set; } = "";

    internal WaitingDevice? Waiting { get; private set; }

    internal string? Fault { get; private set; }

    internal string? Done { get; private set; }

    public void OnGet(string? code) => Code = code ?? "";

    /// <summary>The code was typed: show what asks.</summary>
    public async Task<IActionResult> OnPostAsync(string? code, CancellationToken cancel)
    {
        Code = code ?? "";
        if (!throttle.TryTake(Subject, MostAttempts, Pause))
            return TooMany();
        Waiting = await codes.FindAsync(Code, cancel);
        if (Waiting is null)
            return Refused("No program waits with this code. It is good for ten minutes; look at the program again.");
        // Not forgotten all: a code of their own between the others would let somebody guess for ever.
        throttle.GiveBack(Subject);
        return Page();
    }

    /// <summary>The word about what asks. The code comes with it, so that a guess here is a guess too.</summary>
    public async Task<IActionResult> OnPostDecideAsync(string? code, bool allow, CancellationToken cancel)
    {
        if (!throttle.TryTake(Subject, MostAttempts, Pause))
            return TooMany();
        if (!await codes.DecideAsync(Me, code ?? "", allow, cancel))
            return Refused("No program waits with this code any more. Start the sign-in there again.");
        throttle.GiveBack(Subject);
        Done = allow ? "The program is signed in. You can close this page and go on there." : "The program was not let in.";
        return Page();
    }

    private string Subject => $"device {Me.Id:D}";

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult TooMany() => Refused("That were many codes. Wait five minutes, then try again.");

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Refused(string fault)
    {
        Fault = fault;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
