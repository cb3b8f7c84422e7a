using ActionMail.Mail.Message;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Inbox;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Outbound.Pages;

/// <summary>The form of a reply or a forward. What is wrong stands beside its field, and nothing that was typed is lost.</summary>
internal sealed class ComposeModel(AddressBook addresses, InboxQueries inbox, SendAnswer send, IOptions<MessageLimits> limits) : InboxPage
{
    internal Guid MessageId { get; private set; }
    internal Draft Draft { get; private set; } = null!;
    internal AnswerPlan Plan { get; private set; } = null!;
    internal IReadOnlyList<string> Parts { get; private set; } = [];
    internal IReadOnlyList<DraftFault> Faults { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, string kind, CancellationToken cancel)
    {
        if (AnswerKinds.Find(kind) is not { } found || !await PrepareAsync(id, found, cancel))
            return NotFound();
        Draft = new(Guid.NewGuid(), found, Line(Plan.To), Line(Plan.Cc), Plan.Subject, "");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, string kind, Guid draft, string? to, string? cc, string? subject, string? text, CancellationToken cancel)
    {
        if (AnswerKinds.Find(kind) is not { } found || addresses.Find(Reader.OrganizationId, Reader.Id) is not { } author)
            return NotFound();
        if (draft == Guid.Empty)
            return BadRequest();
        Draft = new(draft, found, to ?? "", cc ?? "", subject ?? "", text ?? "");
        switch (await send.SendAsync(author, id, Draft, cancel))
        {
            case SendResult.Sent: return LocalRedirect($"/inbox/{id:D}");
            case SendResult.NotFound: return NotFound();
            case SendResult.Rejected(var faults):
                Faults = faults;
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return await PrepareAsync(id, found, cancel) ? Page() : NotFound();
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    internal FieldView Field(DraftField field, string label, string value) => new(
        field.ToString().ToLowerInvariant(), label, value, [.. Faults.Where(fault => fault.Field == field).Select(fault => fault.Words)],
        // Where the person goes on: at what is to be mended, else at what is not filled in yet.
        Faults.Count > 0 ? Faults[0].Field == field : field == (Draft.Kind == AnswerKind.Forward ? DraftField.To : DraftField.Text));

    private async Task<bool> PrepareAsync(Guid id, AnswerKind kind, CancellationToken cancel)
    {
        if (addresses.Find(Reader.OrganizationId, Reader.Id) is not { } author || await inbox.ContentAsync(Reader, id, cancel) is not { } content)
            return false;
        var mail = MailMessage.Read(content, limits.Value);
        (MessageId, Plan) = (id, AnswerPlan.For(mail, kind, author));
        Parts = kind == AnswerKind.Forward ? [.. ForwardedParts.Of(content).Select(ForwardedParts.NameOf)] : [];
        return true;
    }

    private static string Line(IEnumerable<EmailAddress> recipients) => string.Join(", ", recipients);
}

/// <summary>One field of the form; the name is that of the posted value.</summary>
internal sealed record FieldView(string Name, string Label, string Value, IReadOnlyList<string> Faults, bool HasFocus)
{
    public string? DescribedBy => Faults.Count > 0 ? $"{Name}-faults" : null;
    public string? IsInvalid => Faults.Count > 0 ? "true" : null;
}
