// Who AWS says it is, again for each line of standard input.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func main() {
	if len(os.Args) > 1 {
		fmt.Println(aws.SDKVersion)
		return
	}
	loaded, failure := config.LoadDefaultConfig(context.TODO())
	client := sts.NewFromConfig(loaded, sts.WithEndpointResolver(sts.EndpointResolverFromURL(os.Getenv("PRACTICE_STS"))))
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		err := failure
		if err == nil {
			var answer *sts.GetCallerIdentityOutput
			if answer, err = client.GetCallerIdentity(context.TODO(), nil); err == nil {
				fmt.Printf("%s\n\x1e0\n", *answer.Arn)
				continue
			}
		}
		fmt.Printf("%v\n\x1e1\n", err)
	}
}
