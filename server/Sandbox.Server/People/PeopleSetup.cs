using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Sandbox.Storage;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>Who may come in and what they may see. Every route is closed unless it is opened on purpose.</summary>
internal static class PeopleSetup
{
    /// <summary>The longest that a session lives without a request.</summary>
    private static readonly TimeSpan SessionLength = TimeSpan.FromHours(12);

    /// <summary>Identity over the store, the two cookies, and the policies.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddIdentityCore<Person>(Accounts)
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<SandboxDb>()
            .AddClaimsPrincipalFactory<PersonClaims>()
            .AddPasswordValidator<ObviousPasswords>()
            .AddErrorDescriber<PasswordWords>()
            .AddSignInManager();
        services.Configure<SecurityStampValidatorOptions>(stamp =>
        {
            stamp.ValidationInterval = TimeSpan.FromMinutes(1);
            stamp.OnRefreshingPrincipal = OpenSessions.KeepIdAsync;
        });
        // All of Identity's schemes, although one is used: ending a session signs out of each of them.
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(Session));
        services.AddAntiforgery(Antiforgery);
        services.AddDataProtection().SetApplicationName("sandbox");
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>()
            .Configure<ServerFolders>(CookieKeys.KeepIn);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.SeeEverything, policy => policy.RequireRole(Viewer.RolesThatSeeEverything))
            .AddPolicy(Policies.Enrol, policy => policy.RequireRole(Viewer.RolesThatEnrol))
            .AddPolicy(Policies.ManageDevices, policy => policy.RequireRole(Viewer.RolesThatManageDevices))
            .AddPolicy(Policies.SignOff, policy => policy.RequireRole(Roles.Mentor))
            .AddPolicy(Policies.Assign, policy => policy.RequireRole(Roles.Mentor))
            .AddPolicy(Policies.Revoke, policy => policy.RequireRole(Viewer.RolesThatRevoke))
            .AddPolicy(Policies.KeepRecords, policy => policy.RequireRole(Viewer.RolesThatKeepRecords))
            .AddPolicy(Policies.ManagePeople, policy => policy.RequireRole(Roles.Admin));
        services.AddSingleton<OpenSessions>();
        services.AddSingleton<SignInTries>().AddSingleton<LookUps>();
        services.AddScoped<SignIn>().AddScoped<Confirmation>();
        services.AddScoped<OneTimeLinks>().AddScoped<JoinLinks>().AddScoped<RosterChanges>().AddScoped<LastSignIns>();
        return services;
    }

    // Length and nothing else, as NIST SP 800-63B §3.1.1.2 wants it: no rules of composition, no hints, no periodic change.
    private static void Accounts(IdentityOptions identity)
    {
        identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        identity.Password.RequiredLength = ObviousPasswords.Shortest;
        identity.Password.RequireDigit = false;
        identity.Password.RequireLowercase = false;
        identity.Password.RequireUppercase = false;
        identity.Password.RequireNonAlphanumeric = false;
        identity.Password.RequiredUniqueChars = 1;
        identity.Lockout.MaxFailedAccessAttempts = 5;
        identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
    }

    private static void Session(CookieAuthenticationOptions session)
    {
        session.Cookie.Name = "__Host-sandbox";
        session.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        session.Cookie.HttpOnly = true;
        session.Cookie.SameSite = SameSiteMode.Lax;
        session.Cookie.Path = "/";
        session.ExpireTimeSpan = SessionLength;
        session.SlidingExpiration = true;
        session.LoginPath = "/sign-in";
        session.ReturnUrlParameter = "next";
        session.Events.OnSigningIn = OpenSessions.GiveIdAsync;
        session.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
    }

    private static void Antiforgery(AntiforgeryOptions forms)
    {
        forms.Cookie.Name = "__Host-csrf";
        forms.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        forms.Cookie.HttpOnly = true;
        forms.Cookie.SameSite = SameSiteMode.Strict;
        forms.Cookie.Path = "/";
        forms.FormFieldName = "__RequestVerificationToken";
    }
}
