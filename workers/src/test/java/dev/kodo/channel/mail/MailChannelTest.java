package dev.kodo.channel.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.kodo.channel.Delivery;
import dev.kodo.channel.SentNotices;
import dev.kodo.config.KodoProperties;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MailChannelTest {
  @RegisterExtension
  static final GreenMailExtension SERVER =
      new GreenMailExtension(ServerSetupTest.SMTP.dynamicPort());

  @Test
  void sendsTheNoticeAsAMail() throws Exception {
    assertThat(send(port(), null, null)).isEqualTo(new Delivery.Delivered());

    MimeMessage mail = SERVER.getReceivedMessages()[0];
    assertThat(mail.getSubject()).isEqualTo("Kodo: agent main is critical");
    assertThat(mail.getFrom()[0]).hasToString("kodo@example.org");
    assertThat(mail.getAllRecipients()[0]).hasToString("owner@example.org");
    assertThat(mail.getContent().toString()).contains("86 % of today's budget is spent.");
  }

  @Test
  void carriesTheSameIdInEveryAttempt() throws Exception {
    send(port(), null, null);
    send(port(), null, null);

    assertThat(SERVER.getReceivedMessages())
        .extracting(mail -> mail.getMessageID())
        .hasSize(2)
        .containsOnly("<sos-main-4.1769851800000@kodo>");
  }

  @Test
  void logsInWhenItHasAUser() {
    SERVER.setUser("owner", "right");

    assertThat(send(port(), "owner", "right")).isEqualTo(new Delivery.Delivered());
    assertThat(send(port(), "owner", "wrong-secret"))
        .isEqualTo(new Delivery.Refused("The mail server refused the user or the password."));
  }

  @Test
  void triesAgainWhenTheServerIsGone() {
    assertThat(send(1, null, null)).isInstanceOf(Delivery.TryAgain.class);
  }

  private static int port() {
    return SERVER.getSmtp().getPort();
  }

  private static Delivery send(int port, @Nullable String user, @Nullable String password) {
    KodoProperties.Mail settings =
        new KodoProperties.Mail(
            "127.0.0.1",
            port,
            user,
            user == null ? null : "MAIL_PASSWORD",
            "kodo@example.org",
            "owner@example.org",
            Duration.ofSeconds(3));
    return new MailChannel(settings, password).send(SentNotices.sos());
  }
}
