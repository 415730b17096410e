using System.IO.Compression;
using Sandbox.Tests.Acts;
using Sandbox.Tests.Collecting;
using Sandbox.Tests.Inventory.Rpm;

namespace Sandbox.Tests.DamagedMachines;

/// <summary>A machine that has a little of everything, so that every reader has something to read.</summary>
internal static class SampleMachine
{
    private static readonly (string Path, string Text)[] Files =
    [
        ("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nelif:x:1000:1000:Elif,,,:/home/elif:/bin/bash\ndaemon:x:1:1::/usr/sbin:/usr/sbin/nologin\n"),
        ("etc/shadow", "root:*:20000:0:99999:7:::\nelif:$y$j9T$saltsaltsaltsaltsalt$hashhash:20700:0:90:7:30:21000:\n"),
        ("etc/group", "root:x:0:\nsudo:x:27:elif\nelif:x:1000:\n"),
        ("etc/gshadow", "sudo:*:elif:elif\n"),
        ("etc/subuid", "elif:100000:65536\n"),
        ("etc/login.defs", "PASS_MAX_DAYS 90\nPASS_MIN_DAYS\t1\nUID_MIN 1000\nENCRYPT_METHOD YESCRYPT # as shipped\n"),
        ("etc/default/useradd", "SHELL=/bin/sh\nINACTIVE=30\n"),
        ("etc/sudoers", "Defaults env_reset,\\\n  secure_path=\"/usr/sbin:/usr/bin\"\nUser_Alias ADMINS = elif, %staff\nCmnd_Alias APT = /usr/bin/apt update, !/usr/bin/su\nADMINS ALL=(ALL:ALL) NOPASSWD: APT\n@includedir /etc/sudoers.d\n"),
        ("etc/sudoers.d/lab", "%sudo ALL=(ALL:ALL) ALL\n#1000 ALL = (root) sha224:abcd /bin/ls\n"),
        ("etc/security/pwquality.conf", "minlen = 12\ndcredit=-1\n"),
        ("etc/security/faillock.conf", "deny = 5\nunlock_time = 900\neven_deny_root\n"),
        ("etc/security/pwhistory.conf", "remember = 5\n"),
        ("etc/pam.d/common-password", "password requisite pam_pwquality.so retry=3\npassword [success=1 default=ignore] pam_unix.so obscure yescrypt remember=5\n"),
        ("etc/pam.d/common-auth", "auth required pam_faillock.so preauth silent\nauth [success=2 default=ignore] pam_unix.so nullok\n@include common-account\n"),
        ("etc/pam.d/system-auth", "auth substack password-auth\n-password optional pam_gnome_keyring.so\n"),
        ("etc/ssh/sshd_config", "Include /etc/ssh/sshd_config.d/*.conf\nPort 22\nPermitRootLogin prohibit-password\nMatch User elif Address 10.0.0.0/8\n  PasswordAuthentication no\n"),
        ("etc/ssh/sshd_config.d/lab.conf", "PasswordAuthentication yes\nListenAddress [::1]:2222\n"),
        ("home/elif/.ssh/authorized_keys", "from=\"10.0.0.0/8\",command=\"ls \\\"x\\\"\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJx elif@bench\n"),
        ("etc/wireguard/wg0.conf", "[Interface]\nPrivateKey = QUFB\nAddress = 10.9.0.1/24\n[Peer]\nPublicKey = QkJC\nAllowedIPs = 0.0.0.0/0, ::/0\nEndpoint = vpn.example.org:51820\n"),
        ("etc/openvpn/client/lab.conf", "client\nremote vpn.example.org 1194 udp\ncipher AES-256-GCM\n<ca>\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n</ca>\n"),
        ("etc/NetworkManager/system-connections/lab.nmconnection", "[connection]\nid=lab\nuuid=1b4e28ba-2fa1-11d2-883f-0016d3cca427\ntype=wifi\n[wifi]\nssid=76;108;97;110;\n[wifi-security]\nkey-mgmt=wpa-psk\npsk=planted\n"),
        ("etc/wpa_supplicant/wpa_supplicant.conf", "network={\n ssid=\"lab\"\n psk=\"planted\"\n key_mgmt=WPA-PSK SAE\n}\n"),
        ("etc/ufw/ufw.conf", "ENABLED=yes\nLOGLEVEL=low\n"),
        ("etc/default/ufw", "DEFAULT_INPUT_POLICY=\"DROP\"\nIPV6=yes\n"),
        ("etc/firewalld/firewalld.conf", "DefaultZone=public\n"),
        ("etc/nftables.conf", "flush ruleset\ntable inet filter { chain input { type filter hook input priority 0; policy drop; } }\n"),
        ("etc/iptables/rules.v4", "*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n"),
        ("etc/clamav/clamd.conf", "LocalSocket /run/clamav/clamd.ctl\nDatabaseDirectory /var/lib/clamav\nOnAccessIncludePath /home\n"),
        ("etc/clamav/freshclam.conf", "Checks 24\nDatabaseMirror database.clamav.net\n"),
        ("var/lib/clamav/daily.cvd", "ClamAV-VDB:25 Nov 2026 08-30 -0500:27123:2065000:90:aaaa:bbbb:raynman:1795434377\n"),
        ("etc/crypttab", "data UUID=1b4e28ba-2fa1-11d2-883f-0016d3cca427 none luks,discard\nswap /dev/sda3 /dev/urandom swap,cipher=aes-xts-plain64\n"),
        ("etc/fstab", "UUID=aaaa / ext4 defaults,usrquota 0 1\n//nas/lab /mnt/lab cifs credentials=/root/.smb,vers=3.0 0 0\nnas:/srv /mnt/srv nfs4 ro 0 0\n/dev/mapper/data /data\\040x xfs noatime 0 2\n"),
        ("proc/mounts", "/dev/sda1 / ext4 rw,relatime 0 0\nnas:/srv /mnt/srv nfs4 ro,addr=10.0.0.2 0 0\n"),
        ("proc/self/mountinfo", "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n36 22 0:31 / /mnt/a\\040b rw master:2 - cifs //nas/lab rw,vers=3.0\n"),
        ("proc/mdstat", "Personalities : [raid1]\nmd0 : active raid1 sdb1[1] sda1[0](F)\n      1046528 blocks super 1.2 [2/1] [_U]\n      [==>..]  recovery = 12.6% (131072/1046528) finish=0.3min speed=43690K/sec\nunused devices: <none>\n"),
        ("proc/swaps", "Filename\tType\tSize\tUsed\tPriority\n/dev/dm-1 partition 1046528 0 -2\n"),
        ("proc/meminfo", "MemTotal:       16384000 kB\nMemAvailable:   8000000 kB\n"),
        ("proc/cpuinfo", "processor\t: 0\nmodel name\t: A CPU\nphysical id\t: 0\ncpu cores\t: 2\n\n"),
        ("proc/stat", "cpu  1 2 3 4\nbtime 1795400000\n"),
        ("proc/net/dev", "Inter-|   Receive |  Transmit\n face |bytes packets\n  eth0: 1000 10 0 0 0 0 0 0 2000 20 0 0 0 0 0 0\n    lo: 5 1 0 0 0 0 0 0 5 1 0 0 0 0 0 0\n"),
        ("proc/net/tcp", "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1\n"),
        ("proc/net/route", "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\neth0\t00000000\t0100000A\t0003\t0\t0\t100\t00000000\n"),
        ("proc/net/arp", "IP address HW type Flags HW address Mask Device\n10.0.0.1 0x1 0x2 52:54:00:12:34:56 * eth0\n"),
        ("etc/machine-id", "3d1219c7c4c5404aaa1f6d2a48adfda4\n"),
        ("usr/lib/sysimage/libdnf5/packages.toml", "version = \"1.0\"\n[packages]\n\"bash.x86_64\" = {reason = \"User\"}\n"),
        ("usr/lib/sysimage/libdnf5/nevras.toml", "version = \"1.0\"\n[nevras]\n\"bash-1.0-1.x86_64\" = {from_repo = \"fedora\"}\n"),
        ("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n"),
        ("etc/resolv.conf", "nameserver 10.0.0.1\nnameserver fe80::1%eth0\nsearch lab.example\n"),
        ("etc/timezone", "Europe/Zurich\n"),
        ("etc/systemd/timesyncd.conf", "[Time]\nNTP=ntp1.example.org ntp2.example.org\n"),
        ("etc/chrony/chrony.conf", "pool 2.debian.pool.ntp.org iburst\nserver 10.0.0.1 minpoll 4 key 1\nmakestep 1 3\n"),
        ("var/lib/dpkg/status", "Package: bash\nStatus: install ok installed\nVersion: 5.2-1\nArchitecture: amd64\nDescription: shell\n more\n .\n\nPackage: vim\nStatus: deinstall ok config-files\nVersion: 9\n\n"),
        ("var/lib/apt/extended_states", "Package: vim\nArchitecture: amd64\nAuto-Installed: 1\n\n"),
        ("etc/apt/sources.list", "deb [arch=amd64 signed-by=/usr/share/k.gpg] https://user:planted@deb.example.org/debian bookworm main contrib\n"),
        ("etc/apt/sources.list.d/lab.sources", "Types: deb deb-src\nURIs: https://lab.example.org/\nSuites: stable\nComponents: main\nEnabled: no\n"),
        ("etc/yum.repos.d/lab.repo", "[lab]\nname=Lab\nbaseurl=https://lab.example.org/\nenabled=1\ngpgcheck=0\n"),
        ("var/log/apt/history.log", "\nStart-Date: 2026-11-25  10:00:00\nCommandline: apt install -y htop\nRequested-By: elif (1000)\nInstall: htop:amd64 (3.2.2-2), libnl:amd64 (3.7, automatic)\nEnd-Date: 2026-11-25  10:00:05\n"),
        ("var/log/cups/access_log", "localhost - elif [25/Nov/2026:10:00:00 +0000] \"POST /admin/ HTTP/1.1\" 200 150 CUPS-Add-Modify-Printer successful-ok\n"),
        ("var/log/sudo.json", "{\"accept\":{\"uuid\":\"a\",\"server_time\":{\"seconds\":1795434377,\"nanoseconds\":1},\"submituser\":\"elif\",\"command\":\"/usr/bin/id\",\"runargv\":[\"id\"]}}\n"),
        ("etc/samba/smb.conf", "[global]\n  workgroup = LAB\n  include = /etc/samba/%m.conf\n[lab]\n  path = /srv/lab\n  read only = no\n  valid users = @staff, elif\n"),
        ("etc/exports", "/srv/nfs 10.0.0.0/24(rw,sync,no_root_squash) *.example.org(ro)\n\"/srv/with blank\" -ro @hosts\n"),
        ("etc/dovecot/conf.d/90-quota.conf", "plugin {\n  quota = maildir:User quota\n  quota_rule = *:storage=1G\n}\n"),
        ("etc/cups/printers.conf", "<DefaultPrinter lab>\nUUID urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427\nDeviceURI ipp://user:planted@10.0.0.5/ipp/print?x=y\nState Stopped\nReason paused\nAccepting Yes\n</DefaultPrinter>\n"),
        ("etc/crontab", "SHELL=/bin/sh\n17 * * * * root cd / && run-parts --report /etc/cron.hourly\n@daily elif restic -r sftp:nas:/backup --password-file /x backup /home\n"),
        ("etc/cron.d/borg", "0 3 * * 1-5 root BORG_PASSPHRASE=planted borg create ssh://nas/./repo::{now} /srv\n"),
        ("etc/systemd/system/backup.service", "[Service]\nEnvironment=\"RESTIC_REPOSITORY=/mnt/lab/restic\" RESTIC_PASSWORD=planted\nExecStart=/usr/bin/restic backup /home \\\n  /etc\n"),
        ("etc/systemd/system/backup.timer", "[Timer]\nOnCalendar=Mon..Fri *-*-* 03:00:00\nPersistent=true\n[Install]\nWantedBy=timers.target\n"),
        ("etc/timeshift/timeshift.json", "{\"backup_device_uuid\":\"aaaa\",\"schedule_daily\":\"true\",\"count_daily\":\"5\"}\n"),
        ("etc/rsnapshot.conf", "snapshot_root\t/mnt/lab/snap/\nretain\tdaily\t7\nbackup\t/home/\tlocalhost/\n"),
    ];

    /// <summary>Writes its files.</summary>
    public static MachineFiles Lay(MachineFiles machine)
    {
        foreach (var (path, text) in Files) machine.With(path, text);
        foreach (var (path, recorded) in ((string, string)[])[(ActMachine.Audit, "audit.log"), (ActMachine.Auth, "auth.log"), ("var/log/syslog", "iso.log")])
            machine.With(path, File.ReadAllText(ActMachine.Recorded(recorded)));
        Databases.Sqlite(machine.At(RpmMachine.Database), [HeaderBytes.Of("bash"), HeaderBytes.Of("kernel", padding: 9000), HeaderBytes.Of("zsh")]);
        machine.WithFolder($"var/log/journal/{ActMachine.MachineId}");
        File.WriteAllBytes(machine.At($"var/log/journal/{ActMachine.MachineId}/system.journal"), ActMachine.RecordedJournal());
        using var packed = new GZipStream(File.Create(machine.At("var/log/apt/history.log.1.gz")), CompressionLevel.Fastest);
        packed.Write("\nStart-Date: 2026-11-01  10:00:00\nCommandline: apt remove nano\nEnd-Date: 2026-11-01  10:00:05\n"u8);
        return machine;
    }
}
